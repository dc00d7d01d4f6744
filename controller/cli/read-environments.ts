import type { Config } from '../config.ts';
import { UnavailableError } from '../model/errors.ts';
import { consulKeys } from '../model/payload.ts';
import { parseConditions } from '../report/condition-store.ts';
import type { EnvironmentView } from '../report/environment-view.ts';
import { callController, controlSocket } from './control-socket.ts';
import type { CliIo } from './io.ts';

/** From the running controller; when none answers, the conditions that it last kept in Consul. */
export async function readEnvironments(config: Config, io: CliIo): Promise<readonly EnvironmentView[]> {
  try {
    const call = { method: 'GET', path: '/api/v1/environments' } as const;
    const reply = await callController(controlSocket(config.dataDirectory), call, io.signal);
    return Array.isArray(reply.body) ? (reply.body as EnvironmentView[]) : [];
  } catch (error) {
    if (!(error instanceof UnavailableError)) throw error;
    io.err('no controller answers here; this is what was last kept in Consul\n');
    return readKept(config, io);
  }
}

async function readKept(config: Config, io: CliIo): Promise<readonly EnvironmentView[]> {
  const { createConsul } = await import('../adapters/consul/index.ts');
  const views: EnvironmentView[] = [];
  for (const cluster of Object.values(config.clusters)) {
    const { kv } = createConsul({ ...cluster.consul, timeoutMs: 10_000 });
    for (const entry of await kv.list('drover/', io.signal)) {
      const name = entry.key.split('/')[1] ?? '';
      if (entry.key !== consulKeys.conditions(name)) continue;
      const conditions = parseConditions(entry.value);
      const revision = conditions.find(({ type }) => type === 'Ready')?.observedRevision;
      views.push({ name, conditions, revision, isLeading: false, servers: [], units: [], pull: undefined });
    }
  }
  return views;
}
