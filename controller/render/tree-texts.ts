/**
 * Forges fold generated files, and nothing may change their bytes: no line endings, no diff driver. Patterns of a folder's own
 * `.gitattributes` reach all below it.
 */
export const attributesText = `* -text linguist-generated
`;

/**
 * What a person finds who opens the branch. It names no revision: otherwise every commit would change the tree, and with it
 * every approval.
 */
export function readmeText(environment: string, fleet: string): string {
  return `# ${fleet}: ${environment}

This branch is rendered. Nobody edits it by hand: a change to the definitions becomes a pull request here.

| path | what it is |
|---|---|
| \`hydrator.metadata\` | the definitions commit that this was rendered from (\`drySha\`), the versions that rendered it, and the place of each definition |
| \`inventory.json\` | everything that this environment owns, with the file of each definition |
| \`rules.json\` | the rules by which the next change is judged, merged and applied |
| \`servers/\` | what each server shall be: \`payload.json\` and its files |
| \`nomad/\`, \`consul/\`, \`vault/\` | jobs, namespaces, keys, policies and secrets; never a secret's value |

To get the same bytes, in a clone of the definitions and with the same versions:

    drover render . --environment ${environment} --at "$(git show HEAD:hydrator.metadata | jq -r .drySha)" --out rendered

where HEAD is this branch.
`;
}
