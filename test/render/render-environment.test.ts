import test from 'ava';
import * as fc from 'fast-check';
import type { Fleet } from '../../controller/kinds/kind.ts';
import { treeFiles } from '../../controller/model/tree.ts';
import { renderEnvironment, treeWithoutMetadata } from '../../controller/render/render-environment.ts';
import { fakeFleet } from '../fakes/fleet.ts';
import { readGolden } from '../golden/read-golden.ts';
import { smallFleet, smallProvenance } from '../golden/small-fleet.ts';

const fleet = fakeFleet(smallFleet);

function render(of: Fleet = fleet) {
  return renderEnvironment(of, smallProvenance);
}

function texts(tree: ReadonlyMap<string, Uint8Array>): Readonly<Record<string, string>> {
  return Object.fromEntries([...tree].map(([path, bytes]) => [path, new TextDecoder().decode(bytes)]));
}

test('a small fleet renders to its golden tree, byte for byte', async (t) => {
  const { tree, diagnostics } = render();
  t.deepEqual(diagnostics, []);
  t.deepEqual(texts(tree), await readGolden('small-fleet'));
});

test('the order of resources does not matter', (t) => {
  const expected = texts(render().tree);
  fc.assert(
    fc.property(
      fc.shuffledSubarray([...fleet.resources], { minLength: fleet.resources.length }),
      (resources) => {
        t.deepEqual(texts(render({ ...fleet, resources }).tree), expected);
      },
    ),
    { numRuns: 30 },
  );
});

test('paths of the tree are sorted', (t) => {
  const paths = [...render().tree.keys()];
  t.deepEqual(paths, paths.toSorted());
});

test('nothing but hydrator.metadata depends on the revision or on versions', (t) => {
  const other = {
    droverVersion: '9.9.9',
    parserVersion: '9.9.9',
    repoUrl: 'https://other.example/fleet.git',
    revision: { id: 'f'.repeat(40), author: 'Bob', date: '2030-01-01T00:00:00Z', subject: 'other', body: '' },
  };
  const { tree } = renderEnvironment(fleet, other);
  t.deepEqual(texts(treeWithoutMetadata(tree)), texts(treeWithoutMetadata(render().tree)));
  t.notDeepEqual(texts(tree)[treeFiles.metadata], texts(render().tree)[treeFiles.metadata]);
});

test('the inventory names each unit once, sorted by kind and key', (t) => {
  const keys = render().inventory.entries.map(({ kind, key }) => `${kind}:${key}`);
  t.deepEqual(keys, [...new Set(keys)].sort());
  t.true(keys.includes('nomad-job:shop/web') && keys.includes('server:web-1'));
});

test('two definitions that render to one path are an error with both places', (t) => {
  const key = (name: string) => ({ kind: 'ConsulKey' as const, name, spec: { key: 'a/b', value: name } });
  const { diagnostics } = render(fakeFleet({ resources: [key('one'), key('two')] }));
  const [found] = diagnostics;
  t.is(diagnostics.length, 1);
  t.is(found?.code, 'DRV0701');
  t.is(found?.related?.length, 1);
});

test('keys where one is the folder of the other both have a file', (t) => {
  const key = (name: string, path: string) => ({
    kind: 'ConsulKey' as const,
    name,
    spec: { key: path, value: name },
  });
  const keys = [key('a', 'app'), key('b', 'app/config'), key('c', 'App')];
  const { tree, diagnostics } = render(fakeFleet({ resources: keys }));
  t.deepEqual(diagnostics, []);
  t.deepEqual(
    [...tree.keys()].filter((path) => path.startsWith('consul/')),
    ['consul/kv/%41pp.value', 'consul/kv/app.value', 'consul/kv/app/config.value'],
  );
});

test('a finding in a template that many servers get is told once', (t) => {
  const noisy: Fleet = {
    ...fleet,
    expand: (text, { at, field }) => ({
      text,
      secrets: [],
      diagnostics: [
        { code: 'DRV0402', severity: 'error', message: 'unknown variable', span: at.locate(field) },
      ],
    }),
  };
  const codes = render(noisy).diagnostics.map(({ span }) => span.path);
  t.deepEqual(codes, [...new Set(codes)]);
  t.true(codes.length > 0);
});
