import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { ownEnvironment, runDrover } from '../cli/run-drover.ts';
import { briefly, findingsOf, readCase } from './read-case.ts';

const folder = join(import.meta.dirname, '../hostile/forty-mistakes');

test('forty mistakes in one fleet are all shown in one run, each at its place, none twice', async (t) => {
  const found = findingsOf(readCase(folder));
  const expected = await readFile(join(folder, 'expected.txt'), 'utf8');
  t.is(found.map((finding) => `${briefly(finding)}\n`).join(''), expected);
  t.is(found.length, 40);
  t.is(new Set(found.map(({ code }) => code)).size, 40);
  t.is(new Set(found.map(({ span }) => `${span.path}:${span.line}:${span.column}`)).size, 40);
});

test('the command line tells each of them with its line underlined, why, and what to do', async (t) => {
  const { out, exitCode } = await runDrover(['validate', folder], { env: await ownEnvironment(t) });
  t.is(exitCode, 1);
  const blocks = out.split('\n\n').filter((block) => /(?:error|warning) DRV0\d{3}/.test(block));
  t.is(blocks.length, 40);
  for (const block of blocks) {
    t.regex(block, /\n {2} +\| +\^+/);
    t.regex(block, /\n {2}= why: .+\.\n {2}= hint: .+$/);
  }
  t.regex(out, /\n\n\d+ errors, \d+ warnings in \d+ definitions, 2 environments \(dev, prod\)\n$/);
});

test('in dev alone nothing is said of what only prod has', async (t) => {
  const args = ['validate', folder, '--environment', 'dev', '--format', 'json'];
  const { out } = await runDrover(args, { env: await ownEnvironment(t) });
  const found = JSON.parse(out) as { path: string; environment?: string }[];
  t.true(found.length > 30 && found.length < 40);
  t.true(
    found.every(({ path, environment }) => environment !== 'prod' && !path.startsWith('environments/prod/')),
  );
});
