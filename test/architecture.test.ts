import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import test from 'ava';
import {
  badNames,
  importCycles,
  importViolations,
  impureLines,
  portMethods,
  type SourceTexts,
} from './architecture/rooms.ts';

const root = path.resolve(import.meta.dirname, '..');
const run = promisify(execFile);

async function readTexts(folder: string): Promise<SourceTexts> {
  const names = await readdir(path.join(root, folder), { recursive: true });
  const files = names.filter((name) => name.endsWith('.ts')).map((name) => path.posix.join(folder, name));
  const texts = files.map(async (file) => [file, await readFile(path.join(root, file), 'utf8')] as const);
  return new Map(await Promise.all(texts));
}

const lines = (text: string) => text.split('\n').length - 1;

test('imports point one way', async (t) => {
  t.deepEqual(importViolations(await readTexts('controller')), []);
});

test('packages are imported statically: of one in CommonJS a split bundle knows no names otherwise', async (t) => {
  const texts = await readTexts('controller');
  const late = [...texts].filter(([, text]) => /\bimport\('[^.]/.test(text)).map(([file]) => file);
  t.deepEqual(late, []);
});

test('a planted import in the wrong direction is found', (t) => {
  const planted = new Map([
    ['controller/model/planted.ts', "import { seal } from '../apply/l1/seal.ts';\n"],
    ['controller/plan/planted.ts', "import { readFileSync } from 'node:fs';\n"],
    ['controller/adapters/consul/planted.ts', "export * from '../../node/agent.ts';\n"],
    ['controller/node/planted.ts', "const x = await import('../apply/l1/seal.ts');\n"],
  ]);
  t.is(importViolations(planted).length, 4);
});

test('the lint sees the same planted imports', async (t) => {
  const scratch = await mkdtemp(path.join(tmpdir(), 'drover-lint-'));
  t.teardown(() => rm(scratch, { recursive: true, force: true }));
  for (const name of ['.oxlintrc.json', 'tsconfig.json', 'package.json']) {
    await cp(path.join(root, name), path.join(scratch, name));
  }
  await symlink(path.join(root, 'node_modules'), path.join(scratch, 'node_modules'));
  await mkdir(path.join(scratch, 'controller/model'), { recursive: true });
  await mkdir(path.join(scratch, 'controller/apply/l1'), { recursive: true });
  await writeFile(path.join(scratch, 'controller/apply/l1/seal.ts'), 'export const seal = 1;\n');
  await writeFile(
    path.join(scratch, 'controller/model/planted.ts'),
    "import { readFileSync } from 'node:fs';\nimport { seal } from '../apply/l1/seal.ts';\nexport const planted = [seal, readFileSync];\n",
  );
  const lint = run(path.join(root, 'node_modules/.bin/oxlint'), ['--format', 'json'], { cwd: scratch });
  const { stdout } = await t.throwsAsync<Error & { stdout: string }>(lint);
  const found = (JSON.parse(stdout) as { diagnostics: { code: string }[] }).diagnostics;
  t.is(found.filter(({ code }) => code.includes('no-restricted-imports')).length, 2);
});

test('no import cycles, types included', async (t) => {
  t.deepEqual(importCycles(await readTexts('controller')), []);
});

test('a planted cycle is found', (t) => {
  const planted = new Map([
    ['controller/model/a.ts', "import { b } from './b.ts';\n"],
    ['controller/model/b.ts', "import type { A } from './a.ts';\n"],
  ]);
  t.is(importCycles(planted).length, 1);
});

test('pure rooms touch no clock, chance, process or network', async (t) => {
  t.deepEqual(impureLines(await readTexts('controller')), []);
  t.is(impureLines(new Map([['controller/plan/x.ts', 'const now = new Date();\n']])).length, 1);
});

test('ports have at most seven methods', async (t) => {
  const methods = portMethods(await readTexts('controller/ports'));
  t.true(methods.size > 10);
  t.deepEqual(
    [...methods].filter(([, count]) => count > 7),
    [],
  );
});

test('files are short: 300 lines at most, 80 in the median', async (t) => {
  const texts = await readTexts('controller');
  t.deepEqual(
    [...texts].filter(([, text]) => lines(text) > 300).map(([file]) => file),
    [],
  );
  const sorted = [...texts.values()].map(lines).sort((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)] ?? 0;
  t.true(median <= 80, `the median file has ${median} lines`);
});

test('files are kebab-case and not named after nothing', async (t) => {
  t.deepEqual(badNames([...(await readTexts('controller')).keys()]), []);
});

test('only wire.ts and the command line construct adapters', async (t) => {
  const texts = await readTexts('controller');
  const offenders = [...texts].filter(
    ([file, text]) =>
      !/^controller\/(adapters|cli)\/|^controller\/wire(\/|\.ts)/.test(file) &&
      /from '[^']*adapters\//.test(text),
  );
  t.deepEqual(
    offenders.map(([file]) => file),
    [],
  );
});
