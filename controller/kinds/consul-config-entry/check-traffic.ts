import type { Diagnostic } from '../../model/diagnostic.ts';
import { isJsonObject, type JsonObject } from '../../model/json.ts';
import { didYouMean } from '../../model/nearest.ts';
import type { FieldPath, Resource } from '../../model/resource.ts';
import { clusterObjectCodes } from '../cluster-object-codes.ts';
import { finding } from '../finding.ts';
import type { Fleet } from '../kind.ts';
import { readField, readList, readText } from './read-field.ts';
import { type ConsulConfigEntrySpec, entryName } from './schema.ts';

type Entry = Resource<ConsulConfigEntrySpec>;

const requestProtocols = ['http', 'http2', 'grpc'];

/** What Consul asks of splitters and routers: whole weights, an http service, subsets that exist. */
export function checkTraffic(resource: Entry, config: JsonObject, fleet: Fleet): readonly Diagnostic[] {
  const { type } = resource.spec;
  if (type !== 'ServiceSplitter' && type !== 'ServiceRouter') return [];
  return [
    ...(type === 'ServiceSplitter' ? checkWeights(resource, config) : []),
    ...checkProtocol(resource, fleet),
    ...destinations(type, config).flatMap((destination) => checkSubset(resource, destination, fleet)),
  ];
}

function checkWeights(resource: Entry, config: JsonObject): readonly Diagnostic[] {
  const splits = readList(config, 'Splits');
  const weights = splits.map(({ item }) => readField(item, 'Weight')?.value ?? 0);
  if (weights.some((weight) => typeof weight !== 'number')) return [];
  // Consul counts in hundredths.
  const hundredths = weights.reduce<number>((sum, weight) => sum + Math.round(Number(weight) * 100), 0);
  if (hundredths === 10_000) return [];
  const message = `the weights are ${hundredths / 100} together, and must be 100`;
  const at = ['spec', 'config', readField(config, 'Splits')?.key ?? 'Splits'];
  return [finding(resource, at, { entry: clusterObjectCodes.splitWeights, message, part: 'key' })];
}

function checkProtocol(resource: Entry, fleet: Fleet): readonly Diagnostic[] {
  const service = entryName(resource);
  const said = protocolOf(service, fleet);
  if (said === undefined || requestProtocols.includes(said.protocol)) return [];
  const message = `the protocol of ${service} is ${said.protocol}: a ${resource.spec.type} needs ${requestProtocols.join(', ')}`;
  const related = [{ message: 'the protocol is said here', span: said.by.locate(said.at) }];
  return [finding(resource, ['spec', 'type'], { entry: clusterObjectCodes.entryProtocol, message, related })];
}

interface SaidProtocol {
  readonly protocol: string;
  readonly by: Entry;
  readonly at: FieldPath;
}

/** What the definitions say of a service’s protocol; none when they say nothing: Consul may know more. */
function protocolOf(service: string, fleet: Fleet): SaidProtocol | undefined {
  const entries = fleet.byKind<ConsulConfigEntrySpec>('ConsulConfigEntry');
  const own = entries.find((entry) => entry.spec.type === 'ServiceDefaults' && entryName(entry) === service);
  const proxy = entries.find(({ spec }) => spec.type === 'ProxyDefaults');
  return (
    saidIn(own, configOf(own), ['spec', 'config']) ??
    saidIn(proxy, objectField(configOf(proxy), 'Config'), ['spec', 'config', 'Config'])
  );
}

function saidIn(by: Entry | undefined, config: JsonObject, at: FieldPath): SaidProtocol | undefined {
  const field = readField(config, 'Protocol');
  if (by === undefined || field === undefined || typeof field.value !== 'string') return undefined;
  return { protocol: field.value.toLowerCase(), by, at: [...at, field.key] };
}

function configOf(entry: Entry | undefined): JsonObject {
  return (entry?.spec.config ?? {}) as JsonObject;
}

function objectField(config: JsonObject, name: string): JsonObject {
  const value = readField(config, name)?.value;
  return isJsonObject(value) ? value : {};
}

interface Destination {
  readonly item: JsonObject;
  readonly at: FieldPath;
}

function destinations(type: string, config: JsonObject): readonly Destination[] {
  if (type === 'ServiceSplitter') return readList(config, 'Splits');
  return readList(config, 'Routes').flatMap(({ at, item }) => {
    const field = readField(item, 'Destination');
    return field !== undefined && isJsonObject(field.value)
      ? [{ item: field.value, at: [...at, field.key] }]
      : [];
  });
}

function checkSubset(resource: Entry, { item, at }: Destination, fleet: Fleet): readonly Diagnostic[] {
  const service = readText(item, 'Service') ?? entryName(resource);
  const field = readField(item, 'ServiceSubset');
  if (field === undefined || typeof field.value !== 'string' || field.value === '') return [];
  const resolver = fleet
    .byKind<ConsulConfigEntrySpec>('ConsulConfigEntry')
    .find((other) => other.spec.type === 'ServiceResolver' && entryName(other) === service);
  // A resolver that nobody defines may be in Consul all the same.
  if (resolver === undefined) return [];
  const names = Object.keys(objectField(configOf(resolver), 'Subsets'));
  if (names.includes(field.value)) return [];
  return [
    finding(resource, ['spec', 'config', ...at, field.key], {
      entry: clusterObjectCodes.subsetUnknown,
      message: `the resolver of ${service} has no subset ${field.value}`,
      hint: didYouMean(field.value, names),
      related: [{ message: 'the resolver', span: resolver.locate(['metadata', 'name']) }],
    }),
  ];
}
