import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import test from 'ava';
import { corpus } from '../kinds/promql/corpus.ts';

const run = promisify(execFile);
const hasPromtool = await run('promtool', ['--version']).then(
  () => true,
  () => false,
);

(hasPromtool ? test : test.skip)('promtool judges the corpus as it is recorded', async (t) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'drover-promql-'));
  t.teardown(() => rm(folder, { recursive: true, force: true }));
  const file = path.join(folder, 'rules.json');
  const rules = corpus.map(([expr], index) => ({ alert: `A${index}`, expr }));
  await writeFile(file, JSON.stringify({ groups: [{ name: 'g', rules }] }));
  const { stdout, stderr } = await run('promtool', ['check', 'rules', '--lint=none', file]).catch(
    (error: { stdout: string; stderr: string }) => error,
  );
  const refused = new Set(
    [...`${stdout}${stderr}`.matchAll(/rule \d+, "A(\d+)": could not parse/g)].map((match) =>
      Number(match[1]),
    ),
  );
  t.deepEqual(
    corpus.flatMap(([query, refusal], index) =>
      refused.has(index) === (refusal !== undefined) ? [] : [query],
    ),
    [],
  );
});
