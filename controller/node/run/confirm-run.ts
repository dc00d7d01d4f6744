import { takeLock } from '../journal/lock.ts';
import type { ApplyContext } from './apply-context.ts';
import { endApplied, endFailed } from './end-run.ts';
import { proveContact } from './prove-contact.ts';

const pauseMs = 500;

/**
 * Contact or revert: waits until Consul answers, at most as long as the payload says; then it is applied, else
 * everything goes back. The lock is not held while waiting, so that the revert timer can act for a stuck agent.
 */
export async function confirmRun(context: ApplyContext, signal: AbortSignal): Promise<void> {
  const { run } = await context.store.read();
  if (run?.step !== 'confirming') return;
  const silence = await awaitContact(run.manifest.confirmTimeoutMs, context, signal);
  const lock = await takeLock(context.stateDirectory, 'journal', signal);
  try {
    const now = await context.store.read();
    // The timer was faster: it has put everything back and said so.
    if (now.run?.id !== run.id) return;
    if (silence === undefined) await endApplied(run, context);
    else {
      const reason = `no contact within ${run.manifest.confirmTimeoutMs} ms after the change: ${silence}`;
      await endFailed(
        { run, reason, outcome: 'reverted', sensitive: [], isUntouched: false },
        context,
        signal,
      );
    }
  } finally {
    await lock.release();
  }
  await context.onStep('ended');
}

async function awaitContact(
  timeoutMs: number,
  context: ApplyContext,
  signal: AbortSignal,
): Promise<string | undefined> {
  const deadline = context.clock.monotonic() + timeoutMs;
  for (;;) {
    const silence = await proveContact(context, signal);
    if (silence === undefined || context.clock.monotonic() >= deadline) return silence;
    await context.clock.sleep(pauseMs, signal);
  }
}
