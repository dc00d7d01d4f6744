import type { JsonObject } from '../../model/json.ts';
import { routeTags } from './routes.ts';
import type { ApplicationSpec } from './schema.ts';
import { nanoseconds } from './update.ts';

export interface ServiceOwner {
  readonly name: string;
  readonly namespace: string;
}

/** The name that a port is registered under: the first one has the application's own. */
export function serviceName(application: string, ports: readonly string[], port: string | undefined): string {
  return port === undefined || ports[0] === port ? application : `${application}-${port}`;
}

/** One Consul service for each port; without ports, one for a check that runs a program. */
export function servicesOf(spec: ApplicationSpec, owner: ServiceOwner): readonly JsonObject[] {
  const ports = Object.keys(spec.ports ?? {});
  const isOnlyChecked = ports.length === 0 && spec.health?.exec !== undefined;
  const registered: readonly (string | undefined)[] = isOnlyChecked ? [undefined] : ports;
  return registered.map((port, index) => {
    const name = serviceName(owner.name, ports, port);
    const routes = (spec.routes ?? []).filter((route) => route.port === port);
    const tags = routeTags(routes, { namespace: owner.namespace, name });
    const isChecked = askedPort(spec, ports) === port || (spec.health?.exec !== undefined && index === 0);
    return {
      Name: name,
      Provider: 'consul',
      ...(port === undefined ? {} : { PortLabel: port }),
      ...(tags.length === 0 ? {} : { Tags: [...tags] }),
      ...(isChecked ? { Checks: [checkOf(spec, owner.name)] } : {}),
    };
  });
}

/** The port that the health check asks; none for one that runs a program. */
export function checkedPort(spec: ApplicationSpec): string | undefined {
  return spec.health?.http?.port ?? spec.health?.tcp?.port;
}

/** For a port that is not there, which is told as such, the first one stands in. */
function askedPort(spec: ApplicationSpec, ports: readonly string[]): string | undefined {
  const port = checkedPort(spec);
  return port === undefined || ports.includes(port) ? port : ports[0];
}

function checkOf(spec: ApplicationSpec, task: string): JsonObject {
  const { http, exec = [], interval, timeout } = spec.health ?? {};
  const times = { Interval: nanoseconds(interval, 10_000), Timeout: nanoseconds(timeout, 2000) };
  if (http !== undefined) return { Name: 'health', Type: 'http', Path: http.path ?? '/', ...times };
  if (spec.health?.tcp !== undefined) return { Name: 'health', Type: 'tcp', ...times };
  const [command = '', ...args] = exec;
  return { Name: 'health', Type: 'script', Command: command, Args: args, TaskName: task, ...times };
}
