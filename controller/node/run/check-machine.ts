import type { Manifest } from '../../model/payload.ts';
import { ApplyFailure, failureText } from './apply-failure.ts';
import { awaitStable } from './await-stable.ts';
import type { RunContext } from './run-context.ts';
import { runProbe } from './run-probe.ts';

/** Long enough for a loaded machine, short enough for a unit that keeps ending to be told soon. */
const unitStartTimeoutMs = 10_000;
const logsShown = 3;

/**
 * Whether every unit that shall run stays up and every check passes.
 * @throws ApplyFailure with all that fail, and the last lines of the units concerned.
 */
export async function checkMachine(
  manifest: Manifest,
  context: RunContext,
  signal: AbortSignal,
): Promise<void> {
  const running = manifest.units.filter((unit) => isToRun(unit)).map((unit) => unit.name);
  const down = await failuresOf(running, (name) =>
    awaitStable(name, context, { timeoutMs: unitStartTimeoutMs }, signal),
  );
  const failing = await failuresOf(manifest.checks, (probe) => runProbe(probe, context, signal));
  signal.throwIfAborted();
  if (down.length + failing.length === 0) return;
  const reasons = [...down, ...failing].map(([, text]) => text);
  const concerned = down.length > 0 ? down.map(([name]) => name) : running;
  throw new ApplyFailure([...reasons, ...(await readLogs(concerned, context, signal))].join('\n'));
}

export function isToRun(unit: Manifest['units'][number]): boolean {
  return unit.state === 'Running' && unit.absent !== true && unit.masked !== true;
}

async function failuresOf<T>(
  items: readonly T[],
  check: (item: T) => Promise<void>,
): Promise<readonly (readonly [T, string])[]> {
  const outcomes = await Promise.all(
    items.map((item) =>
      check(item).then(
        () => [],
        (error: unknown) => [[item, failureText(error)] as const],
      ),
    ),
  );
  return outcomes.flat();
}

async function readLogs(
  names: readonly string[],
  { manager }: RunContext,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const texts: string[] = [];
  for (const name of names.slice(0, logsShown)) {
    const tail = (await manager.logTail(name, signal)).trim();
    if (tail !== '') texts.push(`last lines of ${name}:\n${tail.slice(-1200)}`);
  }
  return texts;
}
