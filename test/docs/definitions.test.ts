import test from 'ava';
import { compileProject } from '../../controller/compile/compile-project.ts';
import { sourceOf } from '../compile/source-of.ts';
import { fencesOf, readPages } from './markdown.ts';

const pages = await readPages();
const project = `apiVersion: drover.dev/v1alpha1
kind: Project
metadata: {name: acme}
spec:
  environments:
    demo: {folders: [base], cluster: demo, vars: {domain: acme.example}}
`;

/** Findings of bytes, YAML, envelope and schema: a block of a page is no whole repository. */
const ofTheText = /^DRV0[13]/;

function problemsOf(text: string): readonly string[] {
  const isProject = /^kind: Project$/m.test(text);
  const source = isProject
    ? sourceOf({ 'drover.yaml': text })
    : sourceOf({ 'drover.yaml': project, 'base/block.yaml': text });
  const { diagnostics, environments } = compileProject(source);
  return [...diagnostics, ...[...environments.values()].flatMap((environment) => environment.diagnostics)]
    .filter(({ code, severity }) => severity === 'error' && ofTheText.test(code))
    .map(({ code, message, span }) => `${code} line ${span.line}: ${message}`);
}

const blocks = [...pages].flatMap(([page, text]) =>
  fencesOf(text)
    .filter(({ language, text: block }) => language === 'yaml' && block.includes('apiVersion: drover.dev/'))
    .map((fence, index) => ({ name: `${page}, block ${index + 1}`, text: fence.text })),
);

for (const { name, text } of blocks) {
  test(`${name}: the definitions are valid`, (t) => t.deepEqual(problemsOf(text), []));
}

test('a planted misspelt field is found', (t) => {
  t.true(blocks.length > 10);
  const text =
    'apiVersion: drover.dev/v1alpha1\nkind: ConsulKey\nmetadata: {name: a}\nspec: {kee: a, value: b}\n';
  t.not(problemsOf(text).length, 0);
});
