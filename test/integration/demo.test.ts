import { spawn } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import { drift } from '../../scripts/demo/acts/drift.ts';
import { firstRollout } from '../../scripts/demo/acts/first-rollout.ts';
import { redPull } from '../../scripts/demo/acts/red-pull.ts';
import { rollback } from '../../scripts/demo/acts/rollback.ts';
import { secondChange } from '../../scripts/demo/acts/second-change.ts';
import { labVariable } from '../../scripts/lab/index.ts';

const deadlineMs = 600_000;
const demo = path.resolve(import.meta.dirname, '../../scripts/demo/main.ts');
const acts = [firstRollout, secondChange, redPull, drift, rollback];

interface Played {
  readonly exitCode: number | null;
  readonly output: string;
  /** The marks of the labs that were seen while it ran. */
  readonly marks: ReadonlySet<string>;
}

/** Processes below another, it included: only they can be the demo's own. */
async function marksBelow(pid: number): Promise<readonly string[]> {
  const found = await readMarks();
  return found.filter(({ parents }) => parents.includes(pid)).map(({ mark }) => mark);
}

interface Marked {
  readonly pid: number;
  readonly mark: string;
  readonly parents: readonly number[];
}

async function readMarks(): Promise<readonly Marked[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const found = await Promise.all(
    pids.map(async (pid): Promise<readonly Marked[]> => {
      const environ = await readFile(`/proc/${pid}/environ`, 'latin1').catch(() => '');
      const entry = environ.split('\0').find((variable) => variable.startsWith(`${labVariable}=`));
      const mark = entry?.slice(labVariable.length + 1) ?? '';
      return mark === '' ? [] : [{ pid, mark, parents: await parentsOf(pid) }];
    }),
  );
  return found.flat();
}

async function parentsOf(pid: number): Promise<readonly number[]> {
  const parents: number[] = [];
  for (let next = pid; next > 1; ) {
    const text = await readFile(`/proc/${next}/stat`, 'latin1').catch(() => '');
    // The name in parentheses may hold spaces: state and parent follow the last one.
    next = Number(text.slice(text.lastIndexOf(')') + 2).split(' ')[1] ?? 0);
    parents.push(next);
  }
  return parents;
}

async function playDemo(...args: string[]): Promise<Played> {
  const child = spawn(process.execPath, [demo, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    signal: AbortSignal.timeout(deadlineMs),
    killSignal: 'SIGTERM',
  });
  const marks = new Set<string>();
  let output = '';
  let isLooking = false;
  const look = async (chunk: Buffer) => {
    output += chunk.toString('utf8');
    if (isLooking || child.pid === undefined) return;
    isLooking = true;
    for (const mark of await marksBelow(child.pid)) marks.add(mark);
    isLooking = false;
  };
  child.stdout.on('data', (chunk: Buffer) => void look(chunk));
  child.stderr.on('data', (chunk: Buffer) => void look(chunk));
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  return { exitCode, output, marks };
}

test('every act of the demo is seen though the controller is killed in each, and nothing is left running', async (t) => {
  t.timeout(deadlineMs + 60_000);
  const { exitCode, output, marks } = await playDemo('--kill');
  t.log(output);
  // The reason beside the failure: the log above it is long.
  const problems = output.split('\n').filter((line) => line.startsWith('✗'));
  t.is(exitCode, 0, problems.join('; '));
  for (const { name } of acts) t.true(output.includes(`── ${name}\n`), name);
  t.true(output.split('kill -9 of the controller').length > acts.length);
  t.is(marks.size, 1);
  const left = (await readMarks()).filter(({ mark }) => marks.has(mark));
  t.deepEqual(left, []);
});
