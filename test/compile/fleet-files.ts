/** The pieces that small fleets in tests are made of. */
const head = 'apiVersion: drover.dev/v1alpha1\n';

export const project = (environments: string) =>
  `${head}kind: Project\nmetadata: {name: acme}\nspec:\n  environments:\n${environments}`;

export const oneEnvironment = project(
  '    demo: {folders: [base, demo], cluster: demo, vars: {domain: acme.example, count: 2}}\n',
);

/** `text` is what follows the kind: metadata and spec. */
export const document = (kind: string, text: string) => `${head}kind: ${kind}\n${text}`;

export const server = (name: string, address: string, more = '') =>
  document(
    'Server',
    `metadata: {name: ${name}, labels: {role: client}}\nspec: {interfaces: {lan: {address: ${address}}}, class: {cores: 4, memory: 8Gi}${more}}\n`,
  );

export const consulKey = (name: string, spec: string, metadata = '') =>
  document('ConsulKey', `metadata: {name: ${name}${metadata}}\nspec: ${spec}\n`);
