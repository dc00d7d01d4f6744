import test from 'ava';
import * as fc from 'fast-check';
import { parseLock } from '../../../controller/kinds/cluster/drover-lock.ts';

const sha256 = '0123456789abcdef'.repeat(4);
const parse = (text: string) => parseLock(new TextEncoder().encode(text));

test('a program is found by name, version and platform', (t) => {
  const lock = parse(
    `version: 1\nprograms:\n  nomad:\n    1.11.3:\n      linux_amd64: {url: "https://a.example/n.zip", sha256: ${sha256}}\n`,
  );
  t.deepEqual(lock.problems, []);
  t.deepEqual(
    [...lock.artifacts],
    [['nomad 1.11.3 linux_amd64', { url: 'https://a.example/n.zip', sha256 }]],
  );
});

const broken: Readonly<Record<string, string>> = {
  'another version': 'version: 2\nprograms: {}\n',
  'no programs': 'version: 1\n',
  'an unknown field': 'version: 1\nprograms: {}\nmirrors: []\n',
  'a list': '- 1\n',
  nothing: '',
  'a tab': '\tversion: 1\n',
  'a key twice': 'version: 1\nversion: 1\nprograms: {}\n',
  'an alias': 'version: 1\nprograms: &a {nomad: *a}\n',
  'a plain address': `version: 1\nprograms: {n: {"1": {linux_amd64: {url: "http://a.example/n", sha256: ${sha256}}}}}\n`,
  'a checksum in capitals': `version: 1\nprograms: {n: {"1": {linux_amd64: {url: "https://a.example/n", sha256: ${sha256.toUpperCase()}}}}}\n`,
};

for (const [what, text] of Object.entries(broken)) {
  test(`a lock with ${what} has one problem and no artifacts`, (t) => {
    const lock = parse(text);
    t.is(lock.problems.length, 1);
    t.is(lock.artifacts.size, 0);
  });
}

test('no bytes whatever end in an exception', (t) => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
      t.true(parseLock(bytes).isThere);
    }),
  );
});

test('a file that is not there has no problem', (t) => {
  t.like(parseLock(undefined), { isThere: false, problems: [] });
});
