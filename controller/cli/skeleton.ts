import { modeline } from '../edit/editor-schema.ts';

/** The files of a new definitions repository: path to text. */
export function skeleton(fleet: string, environment: string): ReadonlyMap<string, string> {
  return new Map([
    ['drover.yaml', project(fleet, environment)],
    ['base/namespaces.yaml', namespaces],
    [`environments/${environment}/README.md`, environmentReadme(environment)],
    [
      'CODEOWNERS',
      '# Who must approve what; read from the source files, not the rendered tree.\n* @platform\n',
    ],
    ['.gitattributes', '* text=auto eol=lf\n'],
    ['README.md', readme(fleet)],
  ]);
}

function project(fleet: string, environment: string): string {
  return `${modeline('./.drover/schema/project.json')}
apiVersion: drover.dev/v1alpha1
kind: Project
metadata: {name: ${fleet}}
spec:
  environments:
    ${environment}:
      folders: [base, environments/${environment}] # layers: a later one may patch an earlier one
      cluster: ${environment} # a name in the controller's config: no address or token in git
      mode: Observe # nothing is written but git and forge, until you say Enforce
`;
}

const namespaces = `${modeline('../.drover/schema/all.json')}
apiVersion: drover.dev/v1alpha1
kind: NomadNamespace
metadata: {name: platform}
spec: {description: What every team leans on}
`;

function environmentReadme(environment: string): string {
  return `Servers, keys and patches of \`${environment}\`. A file \`x.nomad.hcl\` in here or in base/ is a Nomad job.\n`;
}

function readme(fleet: string): string {
  return `# ${fleet}

Definitions of the fleet. A change is a pull request; \`drover validate\` shows every mistake before it is one.

Editors with the YAML language server (VS Code: the extension of Red Hat) complete and explain every field: the first line of a
definition names its schema, in a file with several after each \`---\` too; \`.drover/schema/all.json\` fits all. \`drover schema\` writes
them anew after an update of Drover.
`;
}
