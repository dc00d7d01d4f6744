import { realpath } from 'node:fs/promises';
import { UsageError } from '../model/errors.ts';
import { consulKeys, type PayloadHeader, type RejectReason } from '../model/payload.ts';
import type { Clock } from '../ports/clock.ts';
import type { KeyValue } from '../ports/kv.ts';
import { armRevert } from './arm-revert.ts';
import { createUnitManager } from './create-unit-manager.ts';
import { type HandleContext, handleValue, healFromKept } from './handle-value.ts';
import { ensurePrivateDirectory } from './journal/durable-file.ts';
import { tryLock } from './journal/lock.ts';
import { createStateStore } from './journal/state-store.ts';
import type { AgentLogger } from './logger.ts';
import { createMailbox, type Mailbox } from './mailbox.ts';
import { createKeptPayloads } from './payload/kept-payloads.ts';
import { readNodeKeys } from './payload/node-keys.ts';
import type { Rejection } from './payload/open-payload.ts';
import { failureText } from './run/apply-failure.ts';
import { recover } from './run/recover.ts';
import { verifyMachine } from './run/verify-machine.ts';
import type { AgentSettings } from './settings.ts';
import { noRejections } from './status/agent-status.ts';
import { createPublisher, type Publisher } from './status/publisher.ts';
import { readBootId } from './units/proc.ts';
import { pauseAfter, watchKey } from './watch-key.ts';

export interface AgentPorts {
  readonly kv: KeyValue;
  readonly clock: Clock;
  readonly logger: AgentLogger;
  /** Told at each step of the journal, after it is on disk. */
  readonly onStep?: (step: string) => Promise<void> | void;
}

/** What lives in memory only: a restarted agent begins with nothing refused and nothing compared. */
interface Memory {
  rejection: { readonly rejection: Rejection; readonly header: PayloadHeader | undefined } | undefined;
  rejectedCounts: Readonly<Record<RejectReason, number>>;
  verifiedAt: number;
  driftCount: number;
  isBusy: boolean;
}

/** What the one worker does next. */
type Work = { readonly kind: 'value'; readonly value: Uint8Array } | { readonly kind: 'heal' };

interface Agent {
  readonly settings: AgentSettings;
  readonly context: HandleContext;
  readonly mailbox: Mailbox<Work>;
  readonly memory: Memory;
  readonly publish: (signal: AbortSignal) => Promise<void>;
}

/**
 * The node agent: follows this server's key and makes the server what the newest good payload says, until the signal
 * aborts. Units go on running after it.
 * @throws UsageError when the key file is missing or another agent uses the same state directory.
 */
export async function runAgent(
  settings: AgentSettings,
  ports: AgentPorts,
  signal: AbortSignal,
): Promise<void> {
  await ensurePrivateDirectory(settings.stateDirectory);
  const lock = await tryLock(settings.stateDirectory, 'agent');
  if (lock === undefined) {
    throw new UsageError(`another agent already uses ${settings.stateDirectory}`);
  }
  const stop = new AbortController();
  const all = AbortSignal.any([signal, stop.signal]);
  try {
    const agent = await createAgent(settings, ports, all);
    // Before the recovery: after a reboot it is what starts the units that the former checks ask.
    const supervision = agent.context.manager.supervise(all);
    await recover(agent.context, all);
    await agent.publish(all);
    const { kv, clock, logger } = agent.context;
    const loops = [
      supervision,
      watchKey(
        agent.context.key,
        (value) => agent.mailbox.put({ kind: 'value', value }),
        { kv, clock, logger },
        all,
      ),
      applyLoop(agent, all),
      heartbeatLoop(agent, all),
    ];
    await Promise.all(loops);
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    stop.abort();
    await lock.release();
  }
}

async function createAgent(given: AgentSettings, ports: AgentPorts, signal: AbortSignal): Promise<Agent> {
  // A link in the root's own path is the administrator's; below it none is followed.
  const settings = { ...given, root: await realpath(given.root) };
  const { kv, clock, logger } = ports;
  const memory: Memory = {
    rejection: undefined,
    rejectedCounts: noRejections,
    verifiedAt: 0,
    driftCount: 0,
    isBusy: false,
  };
  if (process.getuid?.() !== 0) {
    logger.warn({}, 'not running as root: owners of managed files are neither set nor compared');
  }
  const store = createStateStore(settings.stateDirectory);
  const publisher = createPublisher(settings, { kv, logger });
  const bootId = await readBootId();
  const publish = (publishSignal: AbortSignal) =>
    publishStatus({ settings, store, memory, clock, bootId, publisher }, publishSignal);
  const context: HandleContext = {
    settings,
    root: settings.root,
    stateDirectory: settings.stateDirectory,
    store,
    kv,
    clock,
    logger,
    key: consulKeys.payload(settings.environment, settings.server),
    keys: await readNodeKeys(settings.keyFile),
    kept: createKeptPayloads(settings.stateDirectory),
    manager: await createUnitManager(settings, { clock, logger }),
    ownPaths: ownPaths(settings),
    armRevert: (run) => armRevert(settings, run),
    async onStep(step) {
      logger.info({ step }, 'journal');
      await ports.onStep?.(step);
      // One metrics file for each file that is written would be too many.
      if (!step.includes(' ')) await publish(signal);
    },
    onRejected(rejection, header) {
      const { reason } = rejection;
      memory.rejection = { rejection, header };
      memory.rejectedCounts = { ...memory.rejectedCounts, [reason]: memory.rejectedCounts[reason] + 1 };
    },
    onAccepted: () => {
      memory.rejection = undefined;
    },
  };
  return {
    settings,
    context,
    mailbox: createMailbox({ givesWay: (work: Work) => work.kind === 'heal' }),
    memory,
    publish,
  };
}

function ownPaths({ stateDirectory, keyFile, consul, textfileDirectory }: AgentSettings): readonly string[] {
  const tokenFile = consul.tokenFile === undefined ? [] : [consul.tokenFile];
  return ['/etc/drover', stateDirectory, keyFile, `${textfileDirectory}/drover.prom`, ...tokenFile];
}

interface PublishParts {
  readonly settings: AgentSettings;
  readonly store: HandleContext['store'];
  readonly memory: Memory;
  readonly clock: Clock;
  readonly bootId: string;
  readonly publisher: Publisher;
}

async function publishStatus(parts: PublishParts, signal: AbortSignal): Promise<void> {
  const { settings, memory, clock, bootId } = parts;
  const { rejection, rejectedCounts, verifiedAt, driftCount } = memory;
  const status = {
    environment: settings.environment,
    server: settings.server,
    journal: await parts.store.read(),
    rejection,
    rejectedCounts,
    heartbeatAt: clock.now(),
    verifiedAt,
    driftCount,
    bootId,
  };
  await parts.publisher.publish(status, signal);
}

/** One payload at a time; the newest that came meanwhile is next, those between are dropped unstarted. */
async function applyLoop({ mailbox, context, memory, publish }: Agent, signal: AbortSignal): Promise<void> {
  let failures = 0;
  while (!signal.aborted) {
    const work = await mailbox.take(signal);
    memory.isBusy = true;
    const outcome = await doWork(work, context, signal);
    memory.isBusy = false;
    await verify(context, memory, signal);
    await publish(signal);
    failures = outcome === 'done' ? 0 : failures + 1;
    if (outcome === 'again') {
      await context.clock.sleep(pauseAfter(failures, context.clock), signal);
      mailbox.putBack(work);
    }
  }
}

async function doWork(work: Work, context: HandleContext, signal: AbortSignal): Promise<'done' | 'again'> {
  try {
    if (work.kind === 'value') return await handleValue(work.value, context, signal);
    const { state } = await context.store.read();
    if (state === 'applied' || state === 'waiting') await healFromKept(context, signal);
    return 'done';
  } catch (error) {
    signal.throwIfAborted();
    context.logger.error({ error: failureText(error) }, 'the payload could not be handled');
    return 'again';
  }
}

async function heartbeatLoop(agent: Agent, signal: AbortSignal): Promise<void> {
  const { settings, context, memory, mailbox, publish } = agent;
  while (!signal.aborted) {
    if (!memory.isBusy) await verify(context, memory, signal);
    if (settings.heal && memory.driftCount > 0 && !memory.isBusy) mailbox.putBack({ kind: 'heal' });
    await publish(signal);
    await context.clock.sleep(settings.intervalMs, signal);
  }
}

/** Compares the server with what is applied. Meaningless while a payload is being applied. */
async function verify(context: HandleContext, memory: Memory, signal: AbortSignal): Promise<void> {
  try {
    const { applied, run } = await context.store.read();
    if (run !== undefined) return;
    const drifted = applied === undefined ? [] : await verifyMachine(applied.manifest, context, signal);
    if (drifted.length > 0 && drifted.length !== memory.driftCount) {
      context.logger.warn({ drifted: drifted.slice(0, 20) }, 'this server is not as applied');
    }
    memory.driftCount = drifted.length;
    memory.verifiedAt = context.clock.now();
  } catch (error) {
    signal.throwIfAborted();
    context.logger.error({ error: failureText(error) }, 'this server could not be compared');
  }
}
