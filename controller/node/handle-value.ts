import { compareOrder } from '../model/order.ts';
import type { PayloadHeader } from '../model/payload.ts';
import { takeLock } from './journal/lock.ts';
import { type AgentState, payloadId } from './journal/state.ts';
import { fetchPayload } from './payload/fetch-payload.ts';
import type { KeptPayloads } from './payload/kept-payloads.ts';
import type { NodeKey } from './payload/node-keys.ts';
import { type OpenContext, type OpenedPayload, openPayload, type Rejection } from './payload/open-payload.ts';
import type { ApplyContext } from './run/apply-context.ts';
import { applyPayload } from './run/apply-payload.ts';
import { type Decision, decide } from './run/decide.ts';
import type { AgentSettings } from './settings.ts';

export interface HandleContext extends ApplyContext {
  readonly settings: AgentSettings;
  readonly keys: readonly NodeKey[];
  readonly kept: KeptPayloads;
  readonly ownPaths: readonly string[];
  /** The journal has moved: tell it outside. */
  readonly onRejected: (rejection: Rejection, header: PayloadHeader | undefined) => void;
  readonly onAccepted: () => void;
}

/**
 * One value of the key, from verifying to applied. `again`: nothing was begun and it is to be tried again.
 * @throws what the key-value store throws while chunks are read.
 */
export async function handleValue(
  value: Uint8Array,
  context: HandleContext,
  signal: AbortSignal,
): Promise<'done' | 'again'> {
  const result = await fetchPayload(value, context.settings, context, signal);
  if ('superseded' in result) return 'done';
  if ('rejected' in result) return refuse(result.rejected, result.header, context);
  const { header, sealed } = result.fetched;
  const state = await context.store.read();
  const opening = await openPayload(header, sealed, openContext(state, context));
  if ('rejected' in opening) return refuse(opening.rejected, header, context);
  context.onAccepted();
  const { manifest } = opening.opened;
  const decision = decide(state, manifest);
  if (state.last === undefined || compareOrder(manifest.order, state.last.order) > 0) {
    await context.kept.keep(header, sealed, state.applied?.order);
  }
  if (decision.kind !== 'apply') {
    await takeAsKnown(opening.opened, decision, context, signal);
    return 'done';
  }
  const outcome = await applyPayload(opening.opened, context, signal);
  return outcome === 'no-contact' ? 'again' : 'done';
}

/** Applies what is applied already once more, from the kept payload: for a server that has drifted. */
export async function healFromKept(context: HandleContext, signal: AbortSignal): Promise<void> {
  const state = await context.store.read();
  const value = state.applied === undefined ? undefined : await context.kept.read(state.applied.order);
  if (value === undefined) return;
  const result = await fetchPayload(value, context.settings, context, signal);
  if (!('fetched' in result)) return;
  // It was verified when it came; order and expiry stop new work only.
  const past = { ...openContext(state, context), last: undefined, newestIssuedAt: 0, now: 0 };
  const opening = await openPayload(result.fetched.header, result.fetched.sealed, past);
  if ('opened' in opening) await applyPayload(opening.opened, context, signal);
}

function openContext(state: AgentState, { settings, keys, clock, ownPaths }: HandleContext): OpenContext {
  const { fleet, environment, server, trustedKeys, root, allow } = settings;
  return {
    fleet,
    environment,
    server,
    keys,
    trustedKeys,
    policy: { root, allow, ownPaths },
    last: state.last,
    newestIssuedAt: state.newestIssuedAt,
    now: clock.now(),
  };
}

function refuse(rejection: Rejection, header: PayloadHeader | undefined, context: HandleContext): 'done' {
  context.logger.warn({ ...rejection, hash: header?.hash }, 'payload refused');
  context.onRejected(rejection, header);
  return 'done';
}

/** A newer order of what is here or has failed here: remembered, nothing touched. */
async function takeAsKnown(
  { manifest }: OpenedPayload,
  decision: Exclude<Decision, { kind: 'apply' }>,
  context: HandleContext,
  signal: AbortSignal,
): Promise<void> {
  const isPresent = decision.kind === 'present';
  const lock = await takeLock(context.stateDirectory, 'journal', signal);
  try {
    await context.store.update((state) => ({
      ...state,
      last: payloadId(manifest),
      newestIssuedAt: Math.max(state.newestIssuedAt, manifest.issuedAt),
      state: isPresent ? presentState(manifest.waiting) : decision.failure.state,
      error: isPresent ? '' : decision.failure.error,
      ...(isPresent && state.applied !== undefined
        ? { applied: { ...state.applied, ...payloadId(manifest) } }
        : {}),
    }));
  } finally {
    await lock.release();
  }
}

function presentState(waiting: readonly string[]): AgentState['state'] {
  return waiting.length > 0 ? 'waiting' : 'applied';
}
