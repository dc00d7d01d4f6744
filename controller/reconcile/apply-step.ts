import { reconcileServers } from '../apply/l1/reconcile-servers.ts';
import { reconcileWaves } from '../apply/l2/reconcile-waves.ts';
import { hasFailed, type ServerStatus, type ServersProgress } from '../model/server-status.ts';
import type { Inventory } from '../model/tree.ts';
import type { WavesProgress } from '../model/unit-status.ts';
import { createFleetObserver } from '../observe/observe-fleet.ts';
import type { DesiredState } from './desired-state.ts';
import type { EnvironmentContext } from './environment-context.ts';
import { findConverged, readHistory } from './history.ts';
import { createServersReady } from './servers-ready.ts';
import { collectUnitFacts, readUnitFacts } from './unit-record.ts';
import { wavePortsOf } from './wave-ports.ts';

/** One step of machines: writes what is due, waits for nothing. */
export async function stepServers(
  context: EnvironmentContext,
  desired: DesiredState,
  signal: AbortSignal,
): Promise<ServersProgress> {
  const { cluster, repository, leadership } = context;
  const { clock, events } = repository;
  const observer = createFleetObserver(
    { metrics: cluster.metrics, kv: cluster.kv, clock },
    { metricsPort: cluster.metricsPort, intervalMs: cluster.agentIntervalMs },
  );
  const { kv, signer, vault } = cluster;
  const progress = await reconcileServers(
    {
      kv,
      signer,
      clock,
      events,
      observer,
      secretVersions: context.progress.secretVersions,
      ...(vault === undefined ? {} : { secrets: vault.secrets }),
    },
    {
      tree: desired.tree,
      inventory: desired.inventory,
      rules: desired.rules,
      revision: desired.commit.id,
      sequence: desired.sequence,
      lease: leadership.current(),
      dryRun: desired.rules.mode === 'Observe',
    },
    signal,
  );
  tellServers(context, desired, progress.servers);
  context.progress.servers = progress.servers;
  return progress;
}

/** What became of servers since the step before; the first step after a start only looks. */
function tellServers(
  { name, repository, progress }: EnvironmentContext,
  desired: DesiredState,
  servers: readonly ServerStatus[],
): void {
  const before = new Map(progress.servers.map((status) => [status.server, status.state]));
  if (before.size === 0) return;
  const revision = desired.commit.id;
  for (const status of servers) {
    if (before.get(status.server) === status.state) continue;
    const kind = hasFailed(status)
      ? 'ServerFailed'
      : status.state === 'converged'
        ? 'ServerConverged'
        : undefined;
    if (kind === undefined) continue;
    const { server: key, message } = status;
    repository.events.emit({ kind, environment: name, key, revision, after: status.hash, message });
  }
}

export interface WaveStep {
  readonly desired: DesiredState;
  readonly dryRun: boolean;
  /** Only these units; all by default, and then what is no longer defined is removed at the end. */
  readonly only?: Inventory;
}

/** One step of L2 over all waves. What it learned that can't be seen again goes on the record. */
export async function stepWaves(
  context: EnvironmentContext,
  { desired, dryRun, only }: WaveStep,
  signal: AbortSignal,
): Promise<WavesProgress> {
  const { name, leadership, progress } = context;
  const converged = await findConverged(context, desired.commit.id, signal);
  const history = await readHistory(context, { desired, converged }, signal);
  const facts = await readUnitFacts(context, desired.commit.id, signal);
  const collector = collectUnitFacts(context, desired.commit.id);
  const done = await reconcileWaves(
    wavePortsOf(context, 'write'),
    {
      environment: name,
      tree: desired.tree,
      inventory: only ?? desired.inventory,
      prune: only === undefined ? history.prune : [],
      revision: desired.commit.id,
      history: { converged: history.converged, owned: history.owned, ...facts, retry: new Set() },
      lease: leadership.current(),
      mayWrite: () => leadership.assertMayWrite(),
      serversReady: createServersReady(desired.tree, desired.inventory, progress.servers),
      onStopped: desired.rules.drift.onStopped,
      dryRun,
      previous: progress.units,
      onSpecFailed: collector.onSpecFailed,
      onRan: collector.onRan,
    },
    signal,
  );
  await collector.save(signal);
  if (only === undefined) progress.units = done.units;
  return done;
}
