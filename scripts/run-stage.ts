import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

export interface StageResult {
  readonly name: string;
  readonly passed: number;
  readonly failed: number;
  readonly seconds: number;
}

export interface Stage {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** `check` passes or fails as a whole; `tests` says how many of its tests did. */
  readonly kind: 'check' | 'tests';
}

const progressMs = 10_000;
const stageMs = 30 * 60_000;

/**
 * Reads AVA's own report line by line: counts, and what to show of it. Its TAP is not used: an error without a stack, as a timeout
 * is one, ends that reporter and with it the run.
 */
export function createReportReader() {
  const totals = new Map<string, number>();
  let isShowing = false;
  const seen = { passed: 0, failed: 0 };
  return {
    seen,
    /** @returns whether the line belongs to a failure, to be shown. */
    read(line: string): boolean {
      const [, mark] = /^ +(✔|✘|- \[(?:skip|todo)\]) /.exec(line) ?? [];
      if (mark !== undefined) isShowing = mark === '✘';
      if (mark === '✔') seen.passed += 1;
      if (line.includes('✘ [fail]')) seen.failed += 1;
      // Below this line stand the details of all failures.
      if (/^ +─$/.test(line) || /^ +Un(?:caught|handled) /.test(line)) isShowing = true;
      const total = /^ +(\d+) (tests? passed|tests? failed|hooks? failed|uncaught|unhandled)/.exec(line);
      if (total) totals.set((total[2] ?? '').replace('s ', ' '), Number(total[1]));
      return isShowing && total === null;
    },
    /** The closing counts; a run that ended without them has failed, whatever came before. */
    result(): { passed: number; failed: number } {
      const passed = totals.get('test passed') ?? 0;
      const failed = [...totals.values()].reduce((sum, count) => sum + count, 0) - passed;
      // AVA counts what passed only where nothing failed.
      return { passed: passed || seen.passed, failed: totals.size > 0 ? failed : seen.failed + 1 };
    },
  };
}

/** Runs one stage and shows its failures as they come, with a sign of life in between. Output goes to `write`, line by line. */
export async function runStage(stage: Stage, write: (line: string) => void): Promise<StageResult> {
  const startedAt = Date.now();
  const seconds = () => Math.round((Date.now() - startedAt) / 100) / 10;
  const report = createReportReader();
  const child = spawn(stage.command, [...stage.args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const show = (line: string) => {
    if (stage.kind === 'check' || report.read(line)) write(line);
  };
  createInterface({ input: child.stdout }).on('line', show);
  createInterface({ input: child.stderr }).on('line', write);
  const progress = setInterval(() => {
    const counts =
      stage.kind === 'tests' ? `${report.seen.passed} passed, ${report.seen.failed} failed, ` : '';
    write(`${stage.name}: ${counts}${seconds()} s`);
  }, progressMs);
  const deadline = setTimeout(() => child.kill('SIGTERM'), stageMs);
  const code = await new Promise<number>((resolve) => {
    child.once('error', () => resolve(127));
    child.once('close', (exit) => resolve(exit ?? 1));
  });
  clearInterval(progress);
  clearTimeout(deadline);
  const failed = code === 0 ? 0 : 1;
  const counts = stage.kind === 'tests' ? report.result() : { passed: 1 - failed, failed };
  // Whatever the counts say: a stage that exits badly has failed.
  return {
    name: stage.name,
    passed: counts.passed,
    failed: Math.max(counts.failed, failed),
    seconds: seconds(),
  };
}
