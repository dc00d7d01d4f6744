import test from 'ava';
import * as fc from 'fast-check';
import type { TreeEntry } from '../../controller/ports/objects.ts';
import { checkEntry, isGitName } from '../../controller/source/check-entry.ts';
import { defaultLimits } from '../../controller/source/source-limits.ts';

const entry = (path: string, more: Partial<TreeEntry> = {}): TreeEntry => ({
  path,
  mode: '100644',
  id: '0'.repeat(40),
  sizeBytes: 1,
  ...more,
});

const refused: readonly [string, TreeEntry][] = [
  ['a symbolic link', entry('etc/passwd', { mode: '120000' })],
  ['a submodule', entry('vendor', { mode: '160000', sizeBytes: -1 })],
  ['an unknown mode', entry('fifo', { mode: '000000' })],
  ['.gitmodules', entry('.gitmodules')],
  ['.gitmodules in a folder and upper case', entry('sub/.GitModules')],
  ['a parent folder', entry('a/../b')],
  ['a leading parent folder', entry('../b')],
  ['a current folder', entry('./b')],
  ['an absolute path', entry('/etc/passwd')],
  ['an empty part', entry('a//b')],
  ['a backslash', entry('a\\..\\b')],
  ['a NUL', entry('a\0b')],
  ['a newline', entry('a\nb')],
  ['an escape sequence', entry('a\u001b[2Jb')],
  ['broken UTF-8', entry('a\uFFFDb')],
  ['.git', entry('.git/config')],
  ['.git in another case', entry('sub/.GiT/hooks/post-checkout')],
  ['its short name on NTFS', entry('GIT~1/config')],
  ['another short name on NTFS', entry('git~2/config')],
  ['its stream on NTFS', entry('.git::$INDEX_ALLOCATION/config')],
  ['trailing dots and spaces', entry('.git. . /config')],
  ['a zero-width joiner', entry('.g\u200dit/config')],
  ['a byte order mark', entry('.gi\ufefft/config')],
  ['full-width letters', entry('.\uff47\uff49\uff54/config')],
  ['a right-to-left override', entry('drover\u202elmay.')],
  ['a deep path', entry(Array.from({ length: 33 }, () => 'd').join('/'))],
  ['a long path', entry('x'.repeat(1025))],
];

for (const [what, hostile] of refused) {
  test(`${what} is refused`, (t) => {
    const refusal = checkEntry(hostile, defaultLimits);
    t.is(refusal?.path, hostile.path);
    t.not(refusal?.hint, '');
  });
}

const accepted = [
  'drover.yaml',
  '.gitignore',
  '.gitattributes',
  'sub/.github/CODEOWNERS',
  'legit.git',
  'files/%2e%2e/x',
  'jobs/büro.nomad.hcl',
  '~/x',
  Array.from({ length: 32 }, () => 'd').join('/'),
];

for (const path of accepted) {
  test(`${path.slice(0, 30)} is accepted`, (t) => {
    t.is(checkEntry(entry(path), defaultLimits), undefined);
    t.is(checkEntry(entry(path, { mode: '100755' }), defaultLimits), undefined);
  });
}

test('no mix of case, invisible characters and endings hides .git', (t) => {
  const letters = fc
    .constantFrom('g', 'G')
    .chain((g) =>
      fc.tuple(fc.constantFrom('i', 'I'), fc.constantFrom('t', 'T')).map(([i, last]) => ['.', g, i, last]),
    );
  const noise = fc.array(fc.constantFrom('\u200b', '\u200c', '\u200d', '\u2060', '\ufeff', '\u00ad'), {
    maxLength: 2,
  });
  const ending = fc.constantFrom('', '.', ' ', '. .', '::$DATA', ':x');
  fc.assert(
    fc.property(letters, noise, noise, ending, (name, before, between, end) => {
      t.true(isGitName(before.join('') + name.join(between.join('')) + end));
    }),
  );
});
