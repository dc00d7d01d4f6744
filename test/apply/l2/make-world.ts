import { reconcileWaves } from '../../../controller/apply/l2/reconcile-waves.ts';
import type { WavePorts } from '../../../controller/apply/l2/target.ts';
import type { WavesRequest } from '../../../controller/apply/l2/waves-request.ts';
import type { DroverEvent } from '../../../controller/model/event.ts';
import type { WavesProgress } from '../../../controller/model/unit-status.ts';
import { createFakeClock } from '../../fakes/clock.ts';
import { createFakeClusterObjects } from '../../fakes/cluster-objects.ts';
import { createFakeKv } from '../../fakes/kv.ts';
import { createFakeNomad } from '../../fakes/nomad.ts';
import { createFakeSecrets } from '../../fakes/secrets.ts';
import { byKey, type MadeUnit, makeTree } from './make-units.ts';

const signal = AbortSignal.timeout(60_000);

export interface StepOptions extends Partial<Omit<WavesRequest, 'tree' | 'inventory' | 'prune' | 'history'>> {
  /** The last converged commit's units; none by default. */
  readonly converged?: readonly MadeUnit[];
  /** Owned by commits since, besides the converged ones. */
  readonly owned?: readonly MadeUnit[];
  readonly failedSpecs?: readonly string[];
  readonly retry?: readonly string[];
  readonly ranOnce?: readonly string[];
}

/** All systems of one environment as fakes, and steps over them. */
export function makeWorld(options: { instant?: boolean } = {}) {
  const clock = createFakeClock();
  const namespaces = createFakeClusterObjects();
  namespaces.objects.set('default', { Name: 'default' });
  const nomad = createFakeNomad({
    now: () => clock.now(),
    namespaces: () => new Set(namespaces.objects.keys()),
    instant: options.instant ?? true,
  });
  const secrets = createFakeSecrets();
  const kv = createFakeKv();
  const vault = {
    mounts: createFakeClusterObjects(),
    auths: createFakeClusterObjects({ accessor: (key) => `accessor_${key}` }),
    policies: createFakeClusterObjects(),
    roles: createFakeClusterObjects(),
  };
  const events: Omit<DroverEvent, 'time' | 'by'>[] = [];
  const ports: WavePorts = {
    jobs: nomad.jobs,
    placement: nomad.placement,
    namespaces,
    secrets,
    ...vault,
    kv,
    clock,
    events: { emit: (event) => void events.push(event) },
  };

  const writes = () =>
    nomad.writes() +
    namespaces.writes() +
    secrets.writes() +
    Object.values(vault).reduce((sum, objects) => sum + objects.writes(), 0) +
    kv.transactions.length;

  const request = (units: readonly MadeUnit[], step: StepOptions): WavesRequest => {
    const { converged = [], owned = [], failedSpecs = [], retry = [], ranOnce = [], ...rest } = step;
    const former = byKey([...converged, ...owned]);
    const head = byKey(units);
    return {
      environment: 'test',
      ...makeTree(units),
      prune: [...former].filter(([key]) => !head.has(key)).map(([, entry]) => entry),
      revision: 'revision',
      history: {
        converged: byKey(converged),
        owned: new Set(former.keys()),
        failedSpecs: new Set(failedSpecs),
        retry: new Set(retry),
        ranOnce: new Set(ranOnce),
      },
      lease: undefined,
      mayWrite: () => undefined,
      serversReady: () => true,
      dryRun: false,
      ...rest,
    };
  };

  const step = (units: readonly MadeUnit[], options: StepOptions = {}): Promise<WavesProgress> =>
    reconcileWaves(ports, request(units, options), signal);

  /** Steps until it is done, failed, or nothing moves any more. */
  async function run(units: readonly MadeUnit[], options: StepOptions = {}): Promise<WavesProgress> {
    let progress = await step(units, options);
    for (let tries = 0; tries < 20 && !progress.done && !progress.failed; tries += 1) {
      progress = await step(units, options);
    }
    return progress;
  }

  const states = (progress: WavesProgress) =>
    Object.fromEntries(progress.units.map(({ unit, state }) => [unit, state]));

  return {
    clock,
    nomad,
    namespaces,
    secrets,
    kv,
    ...vault,
    ports,
    events,
    writes,
    request,
    step,
    run,
    states,
  };
}
