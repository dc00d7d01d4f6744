import { isJsonObject, type Json, type JsonObject } from '../model/json.ts';

/**
 * A job without what Nomad certainly adds again when it is registered: tasks and ports of Connect sidecars, and the
 * constraints of the features that the group uses.
 */
export function withoutAdded(job: JsonObject): JsonObject {
  return { ...job, TaskGroups: listOf(job['TaskGroups']).map(plainGroup) };
}

function plainGroup(group: Json): Json {
  if (!isJsonObject(group)) return group;
  const added = addedConstraints(group);
  const tasks = listOf(group['Tasks']).filter((task) => !isSidecar(task));
  return {
    ...group,
    ...plainConstraints(group, added),
    Networks: listOf(group['Networks']).map(plainNetwork),
    Tasks: tasks.map((task) => (isJsonObject(task) ? { ...task, ...plainConstraints(task, added) } : task)),
  };
}

function isSidecar(task: Json): boolean {
  return textOf(task, 'Kind').startsWith('connect-') && isProxy(textOf(task, 'Name'));
}

function plainNetwork(network: Json): Json {
  if (!isJsonObject(network)) return network;
  const ports = listOf(network['DynamicPorts']).filter((port) => !isProxy(textOf(port, 'Label')));
  return { ...network, DynamicPorts: ports };
}

/** As `attribute operator value`, for what the group and its tasks use. */
function addedConstraints(group: JsonObject): ReadonlySet<string> {
  const tasks = listOf(group['Tasks']);
  const services = [group, ...tasks].flatMap((owner) =>
    isJsonObject(owner) ? listOf(owner['Services']) : [],
  );
  const hasVault = tasks.some((task) => isJsonObject(task) && isJsonObject(task['Vault']));
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

function isProxy(name: string): boolean {
  return name.startsWith('connect-proxy-');
}

function textOf(item: Json, field: string): string {
  const text = isJsonObject(item) ? item[field] : undefined;
  return typeof text === 'string' ? text : '';
}

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}
