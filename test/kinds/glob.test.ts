import test from 'ava';
import * as fc from 'fast-check';
import { matchesGlob, matchesWildcard } from '../../controller/kinds/glob.ts';

test('globs are read as in a shell with globstar', (t) => {
  const yes: readonly [string, string][] = [
    ['teams/shop/**', 'teams/shop/a.yaml'],
    ['teams/shop/**', 'teams/shop/x/y/a.yaml'],
    ['teams/**/a.yaml', 'teams/a.yaml'],
    ['teams/**/a.yaml', 'teams/x/y/a.yaml'],
    ['**/shop/*.yaml', 'shop/a.yaml'],
    ['teams/*/a.yaml', 'teams/shop/a.yaml'],
    ['pg-*', 'pg-main'],
    ['a?c', 'abc'],
    ['**', 'a/b'],
  ];
  for (const [glob, path] of yes) t.true(matchesGlob(glob, path), `${glob} ${path}`);
  const no: readonly [string, string][] = [
    ['teams/shop/**', 'teams/shopping/a.yaml'],
    ['teams/shop/**', 'teams/shop'],
    ['teams/*/a.yaml', 'teams/x/y/a.yaml'],
    ['**/shop/*.yaml', 'myshop/a.yaml'],
    ['pg-*', 'pg-a/b'],
    ['a?c', 'a/c'],
    ['a.c', 'abc'],
  ];
  for (const [glob, path] of no) t.false(matchesGlob(glob, path), `${glob} ${path}`);
});

test('a wildcard goes past slashes', (t) => {
  t.true(matchesWildcard('kv/shop/*', 'kv/shop/a/b'));
  t.false(matchesWildcard('kv/shop/*', 'kv/shopping'));
  t.true(matchesWildcard('kv/shop/db', 'kv/shop/db'));
});

test('a plain path matches itself, and hostile globs end soon', (t) => {
  fc.assert(
    fc.property(
      fc.stringMatching(/^[a-z/.-]{0,40}$/),
      (path) => matchesGlob(path, path) && matchesGlob('**', path),
    ),
  );
  const began = performance.now();
  t.false(matchesGlob('*a'.repeat(300), 'a'.repeat(900) + 'b'));
  t.true(performance.now() - began < 1000);
});
