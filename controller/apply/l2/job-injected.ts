import type { Json, JsonObject } from '../../model/json.ts';
import { canonicalJson, isJsonObject } from '../../model/json.ts';
import { isGivenPort } from './fill-connect.ts';

/**
 * What Nomad adds to a job by itself when it is registered: constraints that Vault, Consul, service discovery, signals
 * and drivers need, identities from the servers' configuration, the tasks and ports of Connect sidecars. Taken out of
 * the live job, unless the definition has the very same.
 */
export function withoutInjected(live: JsonObject, desired: JsonObject): JsonObject {
  return {
    ...live,
    ...dropConstraints(live, desired),
    TaskGroups: mapNamed(live['TaskGroups'], desired['TaskGroups'], withoutInjectedInGroup),
  };
}

const injectedTargets: readonly RegExp[] = [
  /^\$\{attr\.(vault|consul)(\.[a-z0-9_-]+)?\.version\}$/,
  /^\$\{attr\.consul(\.[a-z0-9_-]+)?\.(connect|grpc|partition|sku)\}$/,
  /^\$\{attr\.nomad\.(version|service_discovery|bridge\.hairpin_mode)\}$/,
  /^\$\{attr\.os\.signals\}$/,
  /^\$\{attr\.numa\.[a-z_.]+\}$/,
  /^\$\{attr\.plugins\.cni\.version\.[a-z0-9_-]+\}$/,
  /^\$\{attr\.plugins\.secrets\.[A-Za-z0-9_-]+\.version\}$/,
  /^\$\{attr\.(kernel\.landlock|unveil\.version)\}$/,
];

function withoutInjectedInGroup(live: JsonObject, desired: JsonObject): JsonObject {
  const ours = names(desired['Tasks']);
  const tasks = Array.isArray(live['Tasks']) ? live['Tasks'] : [];
  const kept = tasks.filter((task: Json) => !isInjectedTask(task, ours));
  return {
    ...live,
    ...dropConstraints(live, desired),
    Networks: dropConnectPorts(live, desired),
    Tasks: mapNamed(kept, desired['Tasks'], (task, wanted) => ({
      ...task,
      ...dropConstraints(task, wanted),
      ...dropIdentities(task, wanted),
      Services: mapNamed(task['Services'], wanted['Services'], dropServiceIdentity),
    })),
    Services: mapNamed(live['Services'], desired['Services'], dropServiceIdentity),
  };
}

function dropConstraints(live: JsonObject, desired: JsonObject): JsonObject {
  if (!Array.isArray(live['Constraints'])) return {};
  const wanted = new Set(list(desired['Constraints']).map((rule) => canonicalJson(rule)));
  const kept = list(live['Constraints']).filter(
    (rule) => !isInjectedConstraint(rule) || wanted.has(canonicalJson(rule)),
  );
  return { Constraints: kept };
}

function isInjectedConstraint(rule: Json): boolean {
  const target = isJsonObject(rule) ? rule['LTarget'] : undefined;
  return typeof target === 'string' && injectedTargets.some((pattern) => pattern.test(target));
}

function dropIdentities(live: JsonObject, desired: JsonObject): JsonObject {
  const ours = names(desired['Identities']);
  const kept = list(live['Identities']).filter((identity) => {
    const name = nameOf(identity);
    return ours.has(name) || !/^(vault|consul)_/.test(name);
  });
  return { Identities: kept };
}

function dropServiceIdentity(live: JsonObject, desired: JsonObject): JsonObject {
  const { Identity: identity, ...rest } = live;
  return isJsonObject(desired['Identity']) ? { ...rest, Identity: identity ?? null } : rest;
}

function isInjectedTask(task: Json, ours: ReadonlySet<string>): boolean {
  if (!isJsonObject(task) || ours.has(nameOf(task))) return false;
  return typeof task['Kind'] === 'string' && task['Kind'].startsWith('connect-');
}

/** Dynamic ports that the definition does not have and the mesh needs, by their labels. */
function dropConnectPorts(live: JsonObject, desired: JsonObject): Json {
  const ours = new Set(list(desired['Networks']).flatMap(portLabels));
  const proxies = new Set(list(live['Services']).map(proxyPort));
  const isAdded = (label: string) => !ours.has(label) && (isConnectPort(label) || proxies.has(label));
  return list(live['Networks']).map((network) => {
    if (!isJsonObject(network)) return network;
    const ports = list(network['DynamicPorts']).filter((port) => !isAdded(labelOf(port)));
    return { ...network, DynamicPorts: ports };
  });
}

function isConnectPort(label: string): boolean {
  return /^connect-(?:proxy|terminating|mesh|ingress)-/.test(label) || isGivenPort(label);
}

function portLabels(network: Json): readonly string[] {
  if (!isJsonObject(network)) return [];
  return [...list(network['DynamicPorts']), ...list(network['ReservedPorts'])].map(labelOf);
}

function labelOf(port: Json): string {
  return isJsonObject(port) && typeof port['Label'] === 'string' ? port['Label'] : '';
}

/** The label that a service's sidecar is reached at, where the definition chooses one. */
function proxyPort(service: Json): string {
  const connect = isJsonObject(service) ? service['Connect'] : undefined;
  const sidecar = isJsonObject(connect) ? connect['SidecarService'] : undefined;
  const label = isJsonObject(sidecar) ? sidecar['Port'] : undefined;
  return typeof label === 'string' ? label : '';
}

/** Each live element beside the desired one of the same name; an empty object where there is none. */
function mapNamed(
  live: Json | undefined,
  desired: Json | undefined,
  change: (live: JsonObject, desired: JsonObject) => JsonObject,
): readonly Json[] {
  const wanted = new Map(list(desired).map((item) => [nameOf(item), item]));
  return list(live).map((item) => {
    if (!isJsonObject(item)) return item;
    const beside = wanted.get(nameOf(item));
    return change(item, isJsonObject(beside) ? beside : {});
  });
}

function list(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

function names(value: Json | undefined): ReadonlySet<string> {
  return new Set(list(value).map(nameOf));
}

function nameOf(item: Json): string {
  return isJsonObject(item) && typeof item['Name'] === 'string' ? item['Name'] : '';
}
