import test from 'ava';
import { compileProject } from '../../controller/compile/compile-project.ts';
import { createFleet } from '../../controller/compile/create-fleet.ts';
import { contentTreeId } from '../../controller/hydrate/tree-id.ts';
import { type FileTree, treeFiles } from '../../controller/model/tree.ts';
import { renderEnvironment } from '../../controller/render/render-environment.ts';
import { consulKey, project } from '../compile/fleet-files.ts';
import { sourceOf } from '../compile/source-of.ts';
import { smallProvenance } from '../golden/small-fleet.ts';

const drover = project('    demo: {folders: [demo], cluster: demo}\n');
const flags = consulKey('flags', '{key: shop/flags, value: "on"}');

/** The whole way from the text of one definition to the tree that is committed. */
function render(t: { deepEqual(a: unknown, b: unknown): void; fail(why: string): never }, text: string) {
  const source = sourceOf({ 'drover.yaml': drover, 'demo/flags.yaml': text });
  const compiled = compileProject(source);
  const environment = compiled.environments.get('demo');
  if (environment === undefined) return t.fail('the environment does not compile');
  t.deepEqual([...compiled.diagnostics, ...environment.diagnostics], []);
  const { fleet } = createFleet(environment, source, new Map());
  return renderEnvironment(fleet, smallProvenance).tree;
}

function placesOf(tree: FileTree): unknown {
  const metadata = JSON.parse(new TextDecoder().decode(tree.get(treeFiles.metadata))) as {
    drover: { sources: unknown };
  };
  return metadata.drover.sources;
}

test('a comment added above a definition renders the same content tree', (t) => {
  const [plain, commented] = [render(t, flags), render(t, `# Who may see what\n\n${flags}`)];
  t.is(contentTreeId(commented), contentTreeId(plain));
  t.deepEqual(placesOf(plain), { 'consul-key:shop/flags': 'demo/flags.yaml:1' });
  t.deepEqual(placesOf(commented), { 'consul-key:shop/flags': 'demo/flags.yaml:3' });
});

test('another value renders another content tree', (t) => {
  t.not(contentTreeId(render(t, flags)), contentTreeId(render(t, flags.replace('"on"', '"off"'))));
});
