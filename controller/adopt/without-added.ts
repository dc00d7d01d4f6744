import { isJsonObject, type Json, type JsonObject } from '../model/json.ts';

/**
 * A job without what Nomad certainly adds again when it is registered: tasks and ports of Connect sidecars and gateways, and the
 * constraints of the features that the group uses.
 */
export function withoutAdded(job: JsonObject): JsonObject {
  return { ...job, TaskGroups: listOf(job['TaskGroups']).map(plainGroup) };
}

function plainGroup(group: Json): Json {
  if (!isJsonObject(group)) return group;
  const added = addedConstraints(group);
  const called = new Set(listOf(group['Services']).map(sidecarName));
  const tasks = listOf(group['Tasks']).filter((task) => !isSidecar(task, called));
  return {
    ...group,
    ...plainConstraints(group, added),
    Networks: listOf(group['Networks']).map(plainNetwork),
    Tasks: tasks.map((task) => (isJsonObject(task) ? { ...task, ...plainConstraints(task, added) } : task)),
  };
}

function isSidecar(task: Json, called: ReadonlySet<string>): boolean {
  const name = textOf(task, 'Name');
  return textOf(task, 'Kind').startsWith('connect-') && (isOfMesh(name) || called.has(name));
}

/** What a service’s own words for its sidecar call it. */
function sidecarName(service: Json): string {
  const connect = isJsonObject(service) ? service['Connect'] : undefined;
  return isJsonObject(connect) ? textOf(connect['SidecarTask'] ?? null, 'Name') : '';
}

function plainNetwork(network: Json): Json {
  if (!isJsonObject(network)) return network;
  const ports = listOf(network['DynamicPorts']).filter((port) => !isOfMesh(textOf(port, 'Label')));
  return { ...network, DynamicPorts: ports };
}

/** As `attribute operator value`, for what the group and its tasks use. */
function addedConstraints(group: JsonObject): ReadonlySet<string> {
  const tasks = listOf(group['Tasks']);
  const services = [group, ...tasks].flatMap((owner) =>
    isJsonObject(owner) ? listOf(owner['Services']) : [],
  );
  const hasVault = tasks.some((task) => isJsonObject(task) && isJsonObject(task['Vault']));
  const secrets = tasks.flatMap((task) => (isJsonObject(task) ? listOf(task['Secrets']) : []));
  const hasIdentity = tasks.some((task) => isJsonObject(task) && listOf(task['Identities']).length > 0);
  const hasProvider = (provider: string) =>
    services.some((service) => textOf(service, 'Provider') === provider);
  const hasBridge = listOf(group['Networks']).some((network) => textOf(network, 'Mode') === 'bridge');
  return new Set([
    ...(hasVault ? ['${attr.vault.version} semver >= 0.6.1'] : []),
    ...(hasVault || hasIdentity ? ['${attr.nomad.version} semver >= 1.7.0-a'] : []),
    ...(hasProvider('nomad') ? forNomadServices : []),
    ...(hasProvider('consul') ? forConsulServices : []),
    ...(hasBridge ? forBridges : []),
    ...secrets.map((secret) => `\${attr.plugins.secrets.${textOf(secret, 'Provider')}.version} is_set `),
  ]);
}

const forNomadServices = ['${attr.nomad.service_discovery} = true', '${attr.nomad.version} semver >= 1.4.0'];
const forConsulServices = [
  '${attr.consul.version} semver >= 1.8.0',
  '${attr.nomad.version} semver >= 1.7.0-a',
];
const forBridges = ['bridge', 'firewall', 'host-local', 'loopback', 'portmap'].map(
  (plugin) => `\${attr.plugins.cni.version.${plugin}} semver >= 0.4.0`,
);

function plainConstraints(owner: JsonObject, added: ReadonlySet<string>): JsonObject {
  if (!Array.isArray(owner['Constraints'])) return {};
  const kept = listOf(owner['Constraints']).filter((rule) => {
    const text = ['LTarget', 'Operand', 'RTarget'].map((field) => textOf(rule, field)).join(' ');
    return !added.has(text);
  });
  return { Constraints: kept };
}

function isOfMesh(name: string): boolean {
  return /^connect-(?:proxy|ingress|terminating|mesh)-/.test(name);
}

function textOf(item: Json, field: string): string {
  const text = isJsonObject(item) ? item[field] : undefined;
  return typeof text === 'string' ? text : '';
}

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}
