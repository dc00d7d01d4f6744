import type { Json, JsonObject } from '../../model/json.ts';
import { isJsonObject } from '../../model/json.ts';
import { each, ifSet } from './fill-lists.ts';
import { fillLogs, fillResources } from './fill-resources.ts';
import { fill, gatewayProxyDefaults, taskDefaults } from './job-defaults.ts';

/** How a service takes part in the mesh, as the server writes it for the group that the service is in. */
export function fillConnect(connect: Json, service: JsonObject, group: JsonObject): JsonObject {
  const filled = fill(connect, {});
  return {
    ...filled,
    ...ifSet(filled, 'SidecarTask', fillSidecarTask),
    ...ifSet(filled, 'SidecarService', (sidecar) => withoutGivenPaths(sidecar, service, group)),
    ...ifSet(filled, 'Gateway', (gateway) => fillGateway(gateway, group)),
  };
}

/** A terminating gateway without a port gets one by this name. */
export function gatewayPort(service: JsonObject, name: string): Json {
  const connect = service['Connect'];
  const gateway = isJsonObject(connect) ? connect['Gateway'] : undefined;
  return isJsonObject(gateway) && isJsonObject(gateway['Terminating']) ? `connect-terminating-${name}` : null;
}

/** The port that the server makes for a check through the proxy that names none. */
export function isGivenPort(label: Json | undefined): boolean {
  return typeof label === 'string' && /^svc_.*_ck_[0-9a-f]{6}$/.test(label);
}

function fillSidecarTask(task: Json): JsonObject {
  const filled = fill(task, taskDefaults);
  return {
    ...filled,
    LogConfig: fillLogs(filled['LogConfig']),
    Resources: fillResources(filled['Resources']),
  };
}

/** Without the paths that the proxy lets through because a check is marked `expose`. */
function withoutGivenPaths(value: Json, service: JsonObject, group: JsonObject): JsonObject {
  const sidecar = fill(value, {});
  const proxy = fill(sidecar['Proxy'], {});
  const expose = fill(proxy['Expose'], {});
  const checks = list(service['Checks']).filter((check) => isJsonObject(check) && check['Expose'] === true);
  if (checks.length === 0) return sidecar;
  const local = localPort(service['PortLabel'] ?? null, group);
  const given = (path: Json) =>
    checks.some((check) => {
      const pairs = [
        ['Path', 'Path'],
        ['Protocol', 'Protocol'],
        ['ListenerPort', 'PortLabel'],
      ] as const;
      const isSame = pairs.every(([ours, theirs]) => text(path, ours) === text(check, theirs));
      return isSame && isJsonObject(path) && path['LocalPathPort'] === local;
    });
  const paths = list(expose['Paths']).filter((path) => !given(path));
  return { ...sidecar, Proxy: { ...proxy, Expose: { ...expose, Paths: paths } } };
}

function localPort(label: Json, group: JsonObject): number | undefined {
  const networks = list(group['Networks']).filter(isJsonObject);
  const ports = networks.flatMap((network) =>
    [...list(network['DynamicPorts']), ...list(network['ReservedPorts'])].filter(isJsonObject),
  );
  const to = ports.find((port) => port['Label'] === label)?.['To'];
  const number = typeof to === 'number' ? to : Number(label);
  return Number.isSafeInteger(number) ? number : undefined;
}

function fillGateway(value: Json, group: JsonObject): JsonObject {
  const gateway = fillListeners(fill(value, {}));
  const said = isJsonObject(gateway['Proxy']) ? gateway['Proxy'] : undefined;
  const addresses = plainAddresses(said?.['EnvoyGatewayBindAddresses']);
  const isDefault = said?.['EnvoyGatewayBindTaggedAddresses'] !== true && Object.keys(addresses).length === 0;
  if (isDefault && hasOwnNetwork(group)) {
    const bound = {
      EnvoyGatewayNoDefaultBind: true,
      EnvoyGatewayBindAddresses: boundAddresses(gateway),
    };
    return { ...gateway, Proxy: { ...fill(said, gatewayProxyDefaults), ...bound } };
  }
  return {
    ...gateway,
    Proxy: { ...fill(said, gatewayProxyDefaults), EnvoyGatewayBindAddresses: addresses },
  };
}

function fillListeners(gateway: JsonObject): JsonObject {
  const withProtocols = (value: Json): JsonObject => {
    const ingress = fill(value, {});
    return { ...ingress, Listeners: each(ingress['Listeners'], (one) => fill(one, { Protocol: 'tcp' })) };
  };
  return { ...gateway, ...ifSet(gateway, 'Ingress', withProtocols) };
}

/** Inside a network of its own a gateway listens at every address of it. */
function boundAddresses(gateway: JsonObject): JsonObject {
  const at = (port: Json): JsonObject => ({ Address: '0.0.0.0', Port: port });
  if (isJsonObject(gateway['Mesh'])) return { lan: at(-1), wan: at(-1) };
  const ingress = gateway['Ingress'];
  if (!isJsonObject(ingress)) return { default: at(-1) };
  const bound = list(ingress['Listeners']).flatMap((listener) =>
    isJsonObject(listener)
      ? list(listener['Services']).map((service) => [text(service, 'Name'), at(listener['Port'] ?? 0)])
      : [],
  );
  return Object.fromEntries(bound) as JsonObject;
}

/** The parser repeats each one's name inside. */
function plainAddresses(value: Json | undefined): JsonObject {
  const entries = Object.entries(isJsonObject(value) ? value : {});
  return Object.fromEntries(
    entries.map(([name, address]) => {
      const { Name: _name, ...rest } = isJsonObject(address) ? address : {};
      return [name, rest];
    }),
  );
}

function hasOwnNetwork(group: JsonObject): boolean {
  const [network] = list(group['Networks']);
  return !['', 'host'].includes(network === undefined ? '' : text(network, 'Mode'));
}

function text(item: Json, field: string): string {
  const value = isJsonObject(item) ? item[field] : undefined;
  return typeof value === 'string' ? value : '';
}

function list(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}
