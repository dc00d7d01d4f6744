import { fieldRows } from '../../controller/edit/field-rows.ts';
import type { AnyKind } from '../../controller/kinds/index.ts';

/** The page of a kind: its example, then every field. */
export function kindPage(kind: AnyKind, example: string): string {
  const { description } = kind.schema as { description?: string };
  const rows = fieldRows(kind.schema).map(({ path, type, isRequired, defaultValue, description }) => {
    const cells = [`\`${path}\`${isRequired ? ' **!**' : ''}`, type, defaultValue, description];
    return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  });
  return `# ${kind.name}

\`\`\`yaml
${example.trimEnd()}
\`\`\`

${description ?? ''}

${kind.namespaced ? '`metadata.namespace` is the Nomad namespace, `default` when absent.\n\n' : ''}## Fields of \`spec\`

**!** must be there; \`NAME\` is any name, \`[]\` each element of a list. [Annotations and quantities](README.md) are the same for
all kinds.

| field | type | default | what it says |
|---|---|---|---|
${rows.join('\n')}
`;
}

/** The list of all kinds, with what they share. */
export function kindsPage(
  all: readonly { readonly name: string; readonly file: string; readonly text: string }[],
): string {
  return `# Kinds

| kind | what it declares |
|---|---|
${all.map(({ name, file, text }) => `| [${name}](${file}) | ${text.replaceAll('|', '\\|')} |`).join('\n')}

All are written as \`apiVersion: drover.dev/v1alpha1\`, \`kind\`, \`metadata\` (\`name\`, \`labels\`, \`annotations\`) and \`spec\`. A field that no
page names is an error.

## Quantities

Durations: \`500ms\`, \`30s\`, \`5m\`, \`1h30m\`, \`7d\`, \`2w\`. Sizes: \`512Mi\`, \`10Gi\` (powers of 1024), \`5G\` (powers of 1000). Frequencies: \`2400MHz\`,
\`48GHz\`; a server's is that of all its cores together, as Nomad counts it. A number without a unit is an error.

## Annotations

| annotation | what it does |
|---|---|
| \`drover.dev/patch: merge\` | the document is a JSON merge patch over the one of the same kind and name in an earlier folder; \`merge-or-create\` where there may be none |
| \`drover.dev/wave: "40"\` | the wave in which it is applied, 0 to 99, in the place of the kind's own |
| \`drover.dev/protect: "true"\` | taking it away asks a person |
| \`drover.dev/prune: Orphan\` | what becomes of the object when its definition goes: \`Delete\`, \`Orphan\` (left as it is) or \`Confirm\` |
| \`drover.dev/adopt: "true"\` | an object that exists already, and differs, is taken over |
| \`drover.dev/waive: "DRV0123 until 2026-12-31: reason"\` | a finding that is known and accepted until then |

## Waves

10 Vault mounts, policies and secrets · 20 Consul keys · 30 Nomad namespaces · 35 Vault auth methods and roles ·
36 Vault policies that name an accessor · 40 system jobs · 50 jobs that run once per content · 60 services · 70 other jobs.
`;
}
