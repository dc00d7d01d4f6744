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
  /** `check` passes or fails as a whole; `tap` says how many of its tests did. */
  readonly kind: 'check' | 'tap';
}

const progressMs = 10_000;
const stageMs = 30 * 60_000;

/** Reads TAP line by line: counts, and what to show of it. */
export function createTapReader() {
  let summary: { pass?: number; fail?: number } = {};
  let isShowing = false;
  const seen = { passed: 0, failed: 0 };
  return {
    seen,
    /** @returns whether the line belongs to a failure, to be shown. */
    read(line: string): boolean {
      const point = /^(not )?ok \d+/.exec(line);
      if (point) {
        isShowing = point[1] !== undefined;
        seen[isShowing ? 'failed' : 'passed'] += 1;
      }
      const total = /^# (pass|fail) (\d+)$/.exec(line);
      if (total) summary = { ...summary, [total[1] ?? '']: Number(total[2]) };
      if (/^(?:\d+\.\.\d+|# tests)/.test(line)) isShowing = false;
      return isShowing;
    },
    /** The closing counts; a run that ended without them has failed, whatever came before. */
    result(): { passed: number; failed: number } {
      const isWhole = summary.pass !== undefined && summary.fail !== undefined;
      if (isWhole) return { passed: summary.pass ?? 0, failed: summary.fail ?? 0 };
      return { passed: seen.passed, failed: seen.failed + 1 };
    },
  };
}

/** Runs one stage and shows its failures as they come, with a sign of life in between. Output goes to `write`, line by line. */
export async function runStage(stage: Stage, write: (line: string) => void): Promise<StageResult> {
  const startedAt = Date.now();
  const seconds = () => Math.round((Date.now() - startedAt) / 100) / 10;
  const tap = createTapReader();
  const child = spawn(stage.command, [...stage.args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const show = (line: string) => {
    if (stage.kind === 'check' || tap.read(line)) write(line);
  };
  createInterface({ input: child.stdout }).on('line', show);
  createInterface({ input: child.stderr }).on('line', write);
  const progress = setInterval(() => {
    const counts = stage.kind === 'tap' ? `${tap.seen.passed} passed, ${tap.seen.failed} failed, ` : '';
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
  const counts = stage.kind === 'tap' ? tap.result() : { passed: 1 - failed, failed };
  // Whatever the counts say: a stage that exits badly has failed.
  return {
    name: stage.name,
    passed: counts.passed,
    failed: Math.max(counts.failed, failed),
    seconds: seconds(),
  };
}
