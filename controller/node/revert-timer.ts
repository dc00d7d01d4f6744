import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../ports/clock.ts';
import type { RevertSettings } from './arm-revert.ts';
import { createUnitManager } from './create-unit-manager.ts';
import { tryLock } from './journal/lock.ts';
import { createStateStore } from './journal/state-store.ts';
import type { AgentLogger } from './logger.ts';
import { endFailed } from './run/end-run.ts';
import type { RunContext } from './run/run-context.ts';

/*
 * The program of the revert timer: `node revert-timer.ts REQUEST.json`. It looks at the journal until the run is over,
 * and puts everything back when neither a confirmation nor the agent comes within the time of the payload.
 */
const pollMs = 250;
/** The agent, when it lives, reverts by itself first. */
const graceMs = 10_000;

const clock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  sleep: async (ms, signal) => sleep(ms, undefined, { signal }),
  randomBytes: (length) => randomBytes(length),
};

function say(level: string): AgentLogger['info'] {
  return (fields, message) => {
    process.stdout.write(
      `${JSON.stringify({ level, time: new Date(clock.now()).toISOString(), ...fields, message })}\n`,
    );
  };
}

async function revertWhenDue(settings: RevertSettings): Promise<void> {
  const logger: AgentLogger = { info: say('info'), warn: say('warn'), error: say('error') };
  const { root, stateDirectory, runId, confirmTimeoutMs } = settings;
  const store = createStateStore(stateDirectory);
  const signal = new AbortController().signal;
  let step = '';
  let since = clock.monotonic();
  for (;;) {
    const { run } = await store.read();
    if (run === undefined || run.id !== runId) return;
    if (run.step !== step) since = clock.monotonic();
    step = run.step;
    const isDue = clock.monotonic() - since > confirmTimeoutMs + graceMs;
    // While the agent applies it holds the lock: it lives and works.
    const lock = isDue ? await tryLock(stateDirectory, 'journal') : undefined;
    if (lock !== undefined) {
      const manager = await createUnitManager(settings, { clock, logger });
      const context: RunContext = { root, stateDirectory, store, manager, clock, logger };
      const { run: now } = await store.read();
      if (now?.id !== runId) return;
      const isUntouched = now.step === 'verified';
      const reason = `no confirmation within ${confirmTimeoutMs} ms, and no answer from the agent`;
      await endFailed({ run: now, reason, outcome: 'reverted', sensitive: [], isUntouched }, context, signal);
      return lock.release();
    }
    await clock.sleep(pollMs, signal);
  }
}

const request = process.argv[2];
if (request === undefined) throw new Error('usage: revert-timer REQUEST.json');
await revertWhenDue(JSON.parse(await readFile(request, 'utf8')) as RevertSettings);
