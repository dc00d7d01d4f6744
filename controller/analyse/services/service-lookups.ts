import { type ConsulConfigEntrySpec, entryName } from '../../kinds/consul-config-entry/schema.ts';
import type { Fleet } from '../../kinds/kind.ts';
import type { Diagnostic, Span } from '../../model/diagnostic.ts';
import { findingOf } from '../../model/diagnostic-code.ts';
import { textOf } from '../../model/json-values.ts';
import { didYouMean, nearestWord } from '../../model/nearest.ts';
import { eachPlaceOnce } from '../each-place-once.ts';
import { allServices } from '../jobs/group-services.ts';
import { allTemplates } from '../jobs/task-templates.ts';
import type { Rule } from '../rule.ts';
import { type AddressLookup, addressLookups } from './address-lookups.ts';
import { serviceCodes } from './service-codes.ts';
import { upstreamsOf } from './upstreams.ts';

interface Lookup {
  readonly name: string;
  readonly provider: 'consul' | 'nomad';
  readonly what: string;
  readonly locate: () => Span;
}

/** What the programs of a cluster register themselves. */
const builtIn: readonly string[] = [
  'consul',
  'nomad',
  'nomad-client',
  'vault',
  'active.vault',
  'standby.vault',
];

/** Services that jobs ask for are provided by some job, in the catalogue that is asked. */
export const serviceLookups: Rule = (fleet) => {
  // A job that could not be read may provide anything.
  if (fleet.mayMiss?.('NomadJob') === true || fleet.mayMiss?.('Application') === true) return [];
  const provided = providedNames(fleet);
  if (provided.isOpen) return [];
  return eachPlaceOnce([
    ...[...templateLookups(fleet), ...upstreamLookups(fleet)].flatMap((lookup) => judge(lookup, provided)),
    ...addressLookups(fleet).flatMap((lookup) => judgeAddress(lookup, provided)),
  ]);
};

function judge({ name, provider, what, locate }: Lookup, provided: Provided): readonly Diagnostic[] {
  const names = provided[provider];
  if (names.has(name)) return [];
  const other = provider === 'nomad' ? 'consul' : 'nomad';
  if (provided[other].has(name)) {
    const message = `${what} asks ${provider} for ${name}, which is registered with ${other}`;
    return [findingOf(serviceCodes.otherCatalogue, { span: locate(), message })];
  }
  const message = `${what} asks for the service ${name}, which nobody provides`;
  return [findingOf(serviceCodes.unprovided, { span: locate(), message, hint: didYouMean(name, names) })];
}

/** Consul’s DNS knows more than jobs: only a name that is nearly one of theirs is surely a mistake. */
function judgeAddress(
  { name, what, locate }: AddressLookup,
  { consul, nomad }: Provided,
): readonly Diagnostic[] {
  const meant = consul.has(name) || nomad.has(name) ? undefined : nearestWord(name, consul);
  // `postgres-ro` beside `postgres` is another service, which is registered elsewhere.
  if (meant === undefined || name.startsWith(meant) || meant.startsWith(name)) return [];
  const hint = `did you mean "${meant}"?`;
  const message = `${what} names the service ${name}, which nobody provides`;
  return [findingOf(serviceCodes.unprovided, { span: locate(), message, hint })];
}

interface Provided {
  readonly consul: ReadonlySet<string>;
  readonly nomad: ReadonlySet<string>;
  /** Some name is made at run time. */
  readonly isOpen: boolean;
}

/** Registered by jobs, known to Consul by its config entries, or built in. */
function providedNames(fleet: Fleet): Provided {
  const services = allServices(fleet);
  const of = (wanted: string) =>
    services.filter(({ provider }) => provider === wanted).map(({ name }) => name.toLowerCase());
  const sidecars = of('consul').map((name) => `${name}-sidecar-proxy`);
  const entries = fleet.byKind<ConsulConfigEntrySpec>('ConsulConfigEntry').flatMap((entry) => {
    // A terminating gateway leads to services outside, which its entry lists.
    const linked = JSON.stringify(entry.spec.config ?? {}).matchAll(/"Name":"([^"]+)"/gi);
    return [entryName(entry), ...[...linked].flatMap(([, name = '']) => name)];
  });
  return {
    consul: new Set([...of('consul'), ...sidecars, ...entries, ...builtIn]),
    nomad: new Set(of('nomad')),
    isOpen: services.some(({ name }) => name === '' || name.includes('${')),
  };
}

const functions = { service: 'consul', connect: 'consul', nomadService: 'nomad' } as const;

function templateLookups(fleet: Fleet): readonly Lookup[] {
  return allTemplates(fleet).flatMap(({ task, facts, locate }) =>
    facts.reads.flatMap(({ call, argument }) => {
      const provider = Object.entries(functions).find(([name]) => name === call)?.[1];
      const name = serviceOf(argument);
      if (provider === undefined || name === undefined) return [];
      return [{ name, provider, what: `a template of ${task.name}`, locate: () => locate('data', argument) }];
    }),
  );
}

/** `tag.web@dc~near|filter`: the name alone; none where it is in another datacenter. */
function serviceOf(query: string): string | undefined {
  const match = /^(?:[\w-]+\.)?([\w-]+)(?:\?[^@~|]*)?(@[^~|]+)?(?:~[^|]+)?(?:\|.*)?$/.exec(query);
  return match === null || match[2] !== undefined ? undefined : match[1]?.toLowerCase();
}

function upstreamLookups(fleet: Fleet): readonly Lookup[] {
  return allServices(fleet).flatMap((service) =>
    upstreamsOf(service).flatMap(({ upstream, locate }) => {
      const name = textOf(upstream['DestinationName']).toLowerCase();
      const isElsewhere = [
        'Datacenter',
        'DestinationPeer',
        'DestinationPartition',
        'DestinationNamespace',
      ].some((field) => textOf(upstream[field]) !== '');
      if (name === '' || name.includes('${') || isElsewhere) return [];
      return [{ name, provider: 'consul' as const, what: `an upstream of ${service.group.name}`, locate }];
    }),
  );
}
