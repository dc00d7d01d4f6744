import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { promisify } from 'node:util';
import type { Clock } from '../../ports/clock.ts';
import { unitPath } from '../files/desired-entries.ts';
import type { AgentLogger } from '../logger.ts';
import { ApplyFailure, errnoOf, failureText } from '../run/apply-failure.ts';
import type { Enablement, UnitAct, UnitManager, UnitStatus } from './manager.ts';
import { findByToken, identify, isAlive, type ProcessIdentity, readBootId } from './proc.ts';
import { readServiceFile, type ServiceFile } from './read-unit-file.ts';
import { restartPause } from './restart-pause.ts';
import { spawnUnit, splitCommand, unitEnvironment } from './spawn-unit.ts';
import { createUnitLogs, type UnitLogs } from './unit-log.ts';
import { createUnitRecords, type UnitRecord, type UnitRecords } from './unit-record.ts';

const pollMs = 500;
const stopPollMs = 25;
const reloadTimeoutMs = 30_000;

export interface ProcessManagerSettings {
  /** Folder that managed paths lie below. */
  readonly root: string;
  readonly stateDirectory: string;
}

interface Exit {
  readonly token: string;
  readonly detail: string;
  readonly isClean: boolean;
}

interface Context {
  readonly settings: ProcessManagerSettings;
  readonly clock: Clock;
  readonly logger: AgentLogger;
  readonly records: UnitRecords;
  readonly logs: UnitLogs;
  readonly bootId: string;
  /** How our own children ended; nothing is known of adopted ones. */
  readonly exits: Map<string, Exit>;
  /** When each unit was last started by this process, monotonic. */
  readonly startedAt: Map<string, number>;
  readonly busy: Map<string, Promise<unknown>>;
}

/**
 * Runs units as children of the agent, for containers and tests. Children outlive the agent; the next one finds them by
 * the token in their environment and starts only what is missing (decision 37).
 */
export async function createProcessManager(
  settings: ProcessManagerSettings,
  { clock, logger }: { clock: Clock; logger: AgentLogger },
): Promise<UnitManager> {
  const context: Context = {
    settings,
    clock,
    logger,
    records: createUnitRecords(join(settings.stateDirectory, 'units')),
    logs: createUnitLogs(join(settings.stateDirectory, 'logs')),
    bootId: await readBootId(),
    exits: new Map(),
    startedAt: new Map(),
    busy: new Map(),
  };
  return {
    status: (name) => readStatus(name, context),
    refresh: async () => {},
    act: (name, act, signal) => oneAtATime(name, context, () => actOn(name, act, context, signal)),
    setEnablement: (name, enablement) =>
      oneAtATime(name, context, () => setEnablement(name, enablement, context)),
    async logTail(name) {
      const record = await context.records.read(name);
      return context.logs.tail(name, record?.logOffset ?? 0);
    },
    supervise: (signal) => supervise(context, signal),
  };
}

/** A stop that takes long must not meet the supervisor's start of the same unit. */
async function oneAtATime<T>(name: string, { busy }: Context, work: () => Promise<T>): Promise<T> {
  const before = busy.get(name) ?? Promise.resolve();
  const mine = before.then(work, work);
  const settled = mine.catch(() => undefined);
  busy.set(name, settled);
  return mine;
}

async function readStatus(name: string, context: Context): Promise<UnitStatus> {
  const record = await context.records.read(name);
  if (record === undefined) {
    return { isActive: false, enablement: 'unknown', instance: '', restarts: 0, detail: 'never started' };
  }
  const isActive = (await locate(record, context)) !== undefined;
  const exit = context.exits.get(name);
  const ended = exit?.token === record.token ? exit.detail : 'not running';
  return {
    isActive,
    enablement: record.enablement,
    instance: isActive ? record.token : '',
    restarts: record.restarts,
    detail: isActive ? 'running' : ended,
  };
}

/** The unit's living main process. Finds and records one whose start was cut off before its pid was written. */
async function locate(record: UnitRecord, context: Context): Promise<ProcessIdentity | undefined> {
  if (record.identity !== undefined) {
    return (await isAlive(record.identity, context.bootId)) ? record.identity : undefined;
  }
  if (record.bootId !== context.bootId || record.token === '') return undefined;
  const found = await findByToken(record.token, context.bootId);
  if (found !== undefined) await context.records.write({ ...record, identity: found });
  return found;
}

async function actOn(name: string, act: UnitAct, context: Context, signal: AbortSignal): Promise<void> {
  const record = await context.records.read(name);
  const running = record === undefined ? undefined : await locate(record, context);
  if (act === 'reload' && running !== undefined) return reload(name, running, context, signal);
  if (act === 'stop') {
    // The intent first: a supervisor that sees the process gone must not start it again.
    if (record !== undefined) await context.records.write({ ...record, intent: 'stopped' });
    if (running !== undefined) await stopProcess(name, running, context, signal);
    return undefined;
  }
  if (act === 'start' && running !== undefined) return undefined;
  if (running !== undefined) await stopProcess(name, running, context, signal);
  return start(name, record, { restarts: 0 }, context);
}

async function readUnit(name: string, context: Context): Promise<ServiceFile> {
  const path = posix.join(context.settings.root, unitPath(name));
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new ApplyFailure(`${path} can't be read: ${failureText(cause)}`, { cause });
  });
  return readServiceFile(name, text);
}

async function start(
  name: string,
  former: UnitRecord | undefined,
  { restarts }: { restarts: number },
  context: Context,
): Promise<void> {
  if (former?.enablement === 'masked') throw new ApplyFailure(`${name} is masked`);
  const service = await readUnit(name, context);
  const { handle, offset } = await context.logs.openForStart(name);
  try {
    const token = `${name}:${Buffer.from(context.clock.randomBytes(16)).toString('hex')}`;
    const enablement = former?.enablement ?? 'disabled';
    const record: UnitRecord = {
      name,
      intent: 'running',
      enablement,
      token,
      bootId: context.bootId,
      logOffset: offset,
      restarts,
    };
    await context.records.write(record);
    context.startedAt.set(name, context.clock.monotonic());
    const onExit = (detail: string, isClean: boolean) => context.exits.set(name, { token, detail, isClean });
    const { root } = context.settings;
    const pid = await spawnUnit({ name, service, root, token, logFd: handle.fd, onExit });
    const identity = await identify(pid, context.bootId);
    // Already dead: the record keeps a pid that can't match, so that nobody looks for the token again.
    await context.records.write({
      ...record,
      identity: identity ?? { pid, startTicks: -1, bootId: context.bootId },
    });
  } finally {
    await handle.close();
  }
}

async function stopProcess(
  name: string,
  identity: ProcessIdentity,
  context: Context,
  signal: AbortSignal,
): Promise<void> {
  const service = await readUnit(name, context).catch(() => undefined);
  send(identity.pid, service?.killSignal ?? 'SIGTERM');
  const deadline = context.clock.monotonic() + (service?.stopTimeoutMs ?? 10_000);
  while (await isAlive(identity, context.bootId)) {
    if (context.clock.monotonic() > deadline) {
      send(identity.pid, 'SIGKILL');
      if (service?.killsGroup === true) send(-identity.pid, 'SIGKILL');
    }
    await context.clock.sleep(stopPollMs, signal);
  }
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (errnoOf(error) !== 'ESRCH') throw error;
  }
}

async function reload(
  name: string,
  identity: ProcessIdentity,
  context: Context,
  signal: AbortSignal,
): Promise<void> {
  const service = await readUnit(name, context);
  if (service.execReload === undefined) return send(identity.pid, 'SIGHUP');
  const environment = await unitEnvironment(service, context.settings.root);
  const env = { ...environment, MAINPID: String(identity.pid) };
  const [program = '', ...args] = splitCommand(service.execReload, env);
  await promisify(execFile)(program, args, { env, timeout: reloadTimeoutMs, signal }).catch(
    (cause: unknown) => {
      throw new ApplyFailure(`${name} can't be reloaded: ${failureText(cause)}`, { cause });
    },
  );
}

async function setEnablement(
  name: string,
  enablement: Exclude<Enablement, 'unknown'>,
  context: Context,
): Promise<void> {
  const record = await context.records.read(name);
  const fresh: UnitRecord = {
    name,
    intent: 'stopped',
    enablement,
    token: '',
    bootId: context.bootId,
    logOffset: 0,
    restarts: 0,
  };
  await context.records.write(record === undefined ? fresh : { ...record, enablement });
}

async function supervise(context: Context, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    for (const name of await context.records.names()) {
      await oneAtATime(name, context, () => keepRunning(name, context)).catch((error: unknown) => {
        context.logger.warn({ unit: name, error: failureText(error) }, 'unit could not be started again');
      });
    }
    await context.clock.sleep(pollMs, signal).catch(() => {});
  }
}

async function keepRunning(name: string, context: Context): Promise<void> {
  await context.logs.bound(name);
  const record = await context.records.read(name);
  if (record === undefined || record.intent !== 'running') return;
  if ((await locate(record, context)) !== undefined) return;
  if (!(await shallRestart(record, context))) return;
  const service = await readUnit(name, context);
  const lastStart = context.startedAt.get(name);
  const uptimeMs = lastStart === undefined ? Number.POSITIVE_INFINITY : context.clock.monotonic() - lastStart;
  if (uptimeMs < restartPause(record.restarts, service.restartDelayMs)) return;
  context.logger.warn(
    { unit: name, restarts: record.restarts + 1 },
    'unit is not running: starting it again',
  );
  await start(name, record, { restarts: record.restarts + 1 }, context);
}

/** Whether a unit that shall run and does not is started: after a reboot, after a cut-off start, or by its own rule. */
async function shallRestart(record: UnitRecord, context: Context): Promise<boolean> {
  if (record.bootId !== context.bootId) return record.enablement === 'enabled';
  if (record.identity === undefined) return true;
  const service = await readUnit(record.name, context);
  const exit = context.exits.get(record.name);
  const isClean = exit?.token === record.token && exit.isClean;
  return service.restart === 'always' || (service.restart === 'on-failure' && !isClean);
}
