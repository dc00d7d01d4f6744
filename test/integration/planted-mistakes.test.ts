import path from 'node:path';
import test from 'ava';
import { createOfflineParser } from '../../controller/adapters/nomad/offline-parser.ts';
import { createMemoryMemo } from '../../controller/adapters/system/memory-memo.ts';
import { compileProject } from '../../controller/compile/compile-project.ts';
import type { SourceTree } from '../../controller/model/source.ts';
import { checkEnvironments } from '../../controller/reconcile/check-environments.ts';
import { parseJobs } from '../../controller/source/parse-jobs.ts';
import { readFolder } from '../../controller/source/read-folder.ts';
import { ensureTool } from '../../scripts/toolchain/index.ts';
import { briefly } from '../compile/read-case.ts';
import { sourceOf } from '../compile/source-of.ts';

import planted from './planted-mistakes.json' with { type: 'json' };

/** One mistake in the sample fleet, and the only finding that it is. */
interface Mistake {
  readonly file: string;
  readonly from: string;
  readonly to: string;
  readonly told: string;
}

const mistakes: Readonly<Record<string, Mistake>> = planted.mistakes;
const signal = AbortSignal.timeout(300_000);
const memo = createMemoryMemo();
let parser: ReturnType<typeof createOfflineParser>;
let sample: Readonly<Record<string, string>>;
let usual: ReadonlySet<string>;

test.before(async () => {
  const { binary } = await ensureTool('nomad', { log: () => undefined });
  parser = createOfflineParser({ binary });
  const folder = path.resolve(import.meta.dirname, '../../manifests/examples/acme');
  const { files } = await readFolder(folder, signal);
  sample = Object.fromEntries(files.map((file) => [file.path, new TextDecoder().decode(file.bytes)]));
  usual = new Set((await findingsOf(sourceOf(sample))).map(({ code, message }) => `${code} ${message}`));
});

async function findingsOf(source: SourceTree) {
  const project = compileProject(source, { droverVersion: '0.4.0' });
  const parsed = await parseJobs(project.environments, { parser, memo }, signal);
  return checkEnvironments(project, source, { parsed, options: { today: '2026-11-21' } }).diagnostics;
}

/** What is found beside what the sample fleet always has. */
async function foundWith(names: readonly string[]): Promise<readonly string[]> {
  const files = { ...sample };
  for (const name of names) {
    const { file = '', from = '', to = '' } = mistakes[name] ?? {};
    const text = files[file] ?? '';
    if (!text.includes(from)) throw new Error(`${name} is not to be planted in ${file}`);
    files[file] = text.replace(from, () => to);
  }
  const found = await findingsOf(sourceOf(files));
  return found
    .filter(({ code, message }) => code !== 'DRV0504' && !usual.has(`${code} ${message}`))
    .map((finding) => briefly(finding));
}

test('each of many mistakes in the sample fleet is told once, at its place, and nothing else', async (t) => {
  t.true(Object.keys(mistakes).length >= 60);
  for (const [name, { told }] of Object.entries(mistakes)) t.deepEqual(await foundWith([name]), [told], name);
});

test('mistakes that touch each other are told as if each were alone', async (t) => {
  for (const names of planted.together) {
    const told = names.flatMap((name) => mistakes[name]?.told ?? []);
    t.deepEqual((await foundWith(names)).toSorted(), told.toSorted(), names.join(' and '));
  }
});
