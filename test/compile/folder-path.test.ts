import test from 'ava';
import { cleanPath, layerOf } from '../../controller/compile/folder-path.ts';

test('one folder has one spelling', (t) => {
  t.is(cleanPath('./base/'), 'base');
  t.is(cleanPath('environments//prod'), 'environments/prod');
  t.is(cleanPath('.'), '');
});

for (const path of [
  '..',
  '../x',
  'a/../../x',
  '/etc',
  '~',
  '~root/x',
  'a\\b',
  'a\0b',
  '%2e%2e/x',
  '．．/x',
  'a/.GIT/x',
  'c:/x',
  '',
]) {
  test(`no folder: ${JSON.stringify(path)}`, (t) => {
    t.is(cleanPath(path), undefined);
  });
}

test('a file belongs to the most specific folder that holds it', (t) => {
  t.is(layerOf('base/jobs/a.yaml', ['base', 'base/jobs']), 'base/jobs');
  t.is(layerOf('base2/a.yaml', ['base', '']), '');
  t.is(layerOf('base2/a.yaml', ['base']), undefined);
});
