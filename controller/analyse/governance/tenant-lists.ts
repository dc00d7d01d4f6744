import { matchesGlob, matchesWildcard } from '../../kinds/glob.ts';
import type { Fleet } from '../../kinds/kind.ts';
import type { ServerSpec } from '../../kinds/server/schema.ts';
import type { Tenant, TenantJobs } from '../../model/environment.ts';
import { resourceId } from '../../model/resource.ts';
import { builtInDrivers } from '../jobs/driver-words.ts';
import type { Kinds } from '../rule.ts';
import { jobUsage } from './job-usage.ts';
import { type TenantDocument, tenantDocuments } from './tenant-documents.ts';

/** One list of what a tenant may use, and what it does use of that sort. */
export interface TenantList {
  readonly at: readonly string[];
  /** What its words name, for people. */
  readonly what: string;
  readonly words: readonly string[];
  readonly used: readonly string[];
  covers(word: string, value: string): boolean;
  /** Whether the word names anything of the environment, so that it is no typing mistake. */
  isThere(word: string): boolean;
  /** The words like this one that would allow what is used; none where the used value may be the mistake itself. */
  wordsFor(word: string, value: string): readonly string[];
  replace(tenant: Tenant, words: readonly string[]): Tenant;
}

/** The lists of a tenant whose words can be held against what is there. */
export function tenantLists(tenant: Tenant, fleet: Fleet, kinds: Kinds): readonly TenantList[] {
  const documents = tenantDocuments(tenant, fleet);
  if (documents.length === 0) return [];
  return [namespaceList(tenant, documents, fleet), ...jobLists({ tenant, documents, fleet, kinds })].filter(
    ({ words, used }) => words.length > 0 && used.length > 0,
  );
}

function namespaceList(tenant: Tenant, documents: readonly TenantDocument[], fleet: Fleet): TenantList {
  const declared = new Set(fleet.byKind('NomadNamespace').map(({ metadata }) => metadata.name));
  const isKnown = declared.size > 0 && fleet.mayMiss?.('NomadNamespace') !== true;
  return {
    at: ['namespaces'],
    what: 'namespace',
    words: tenant.namespaces ?? [],
    // One that nobody declares may be the mistake itself.
    used: distinct(documents.flatMap(({ resource }) => resource.metadata.namespace ?? [])).filter(
      (namespace) => !isKnown || declared.has(namespace),
    ),
    covers: isSame,
    isThere: (word) => !isKnown || word === 'default' || declared.has(word),
    wordsFor: (_, value) => (declared.has(value) ? [value] : []),
    replace: (meant, namespaces) => ({ ...meant, namespaces }),
  };
}

interface Holder {
  readonly tenant: Tenant;
  readonly documents: readonly TenantDocument[];
  readonly fleet: Fleet;
  readonly kinds: Kinds;
}

function jobLists({ tenant, documents, fleet, kinds }: Holder): readonly TenantList[] {
  const rules = tenant.jobs ?? {};
  const ids = new Set(documents.map(({ resource }) => resourceId(resource)));
  const usages = fleet
    .jobs()
    .filter(({ resource }) => ids.has(resourceId(resource)))
    .map(({ job }) => jobUsage(job));
  const volumes = volumesOf(fleet);
  const list = (field: keyof Omit<TenantJobs, 'privileged'>) => ({
    at: ['jobs', field],
    words: rules[field] ?? [],
    replace: (meant: Tenant, words: readonly string[]) => ({
      ...meant,
      jobs: { ...meant.jobs, [field]: words },
    }),
  });
  const drivers: TenantList = {
    ...list('drivers'),
    what: 'driver',
    used: distinct(usages.flatMap(({ tasks }) => tasks.map(({ driver }) => driver))),
    covers: isSame,
    isThere: (word) => builtInDrivers.includes(word),
    wordsFor: (_, value) => (builtInDrivers.includes(value) ? [value] : []),
  };
  const hostVolumes: TenantList = {
    ...list('hostVolumes'),
    what: 'volume',
    used: distinct(usages.flatMap((usage) => usage.volumes.map(({ source }) => source))),
    covers: matchesGlob,
    isThere: (word) => word.startsWith('/') || volumes.some((volume) => matchesGlob(word, volume)),
    wordsFor: (word, value) => (volumes.includes(value) ? alike(word, value) : []),
  };
  const targets = distinct(
    documents.flatMap(({ resource }) => {
      const kind = [...kinds.values()].find(({ name }) => name === resource.kind);
      return (kind?.targets(resource) ?? []).map(({ key }) => key);
    }),
  );
  const paths = (field: 'vaultPaths' | 'consulPrefixes', what: string, key: string): TenantList => {
    const used = targets.filter((target) => target.startsWith(key)).map((target) => target.slice(key.length));
    const covers = field === 'vaultPaths' ? matchesWildcard : coversKey;
    return {
      ...list(field),
      what,
      used,
      covers,
      isThere: () => false,
      // Of a single one it can't be said which of the two is misspelt.
      wordsFor: (word, value) =>
        alike(word, value).filter((other) => used.filter((path) => covers(other, path)).length > 1),
    };
  };
  return [
    drivers,
    hostVolumes,
    paths('vaultPaths', 'path of a secret', 'vault-secret:'),
    paths('consulPrefixes', 'prefix of a key', 'consul-key:'),
  ];
}

function isSame(word: string, value: string): boolean {
  return word === value;
}

function coversKey(prefix: string, key: string): boolean {
  return matchesWildcard(`${prefix.replace(/\*$/, '')}*`, key);
}

/** The pattern with what stands before its wildcard as the value has it: `kv/shpo/*` for `kv/shop/db` is `kv/shop/*`. */
function alike(pattern: string, value: string): readonly string[] {
  const [plain = ''] = pattern.split('*', 1);
  const steps = plain.split('/');
  const last = steps.at(-1) ?? '';
  const own = value.split('/').slice(0, steps.length);
  const cut = own.map((step, index) => (index === steps.length - 1 ? step.slice(0, last.length) : step));
  const isWhole = plain === pattern && !pattern.endsWith('/');
  const prefix = isWhole ? own.join('/') : cut.join('/');
  return own.length === steps.length ? [`${prefix}${pattern.slice(plain.length)}`] : [];
}

/** Volumes that servers or Nomad are said to have. */
function volumesOf(fleet: Fleet): readonly string[] {
  return [
    ...fleet.byKind<ServerSpec>('Server').flatMap(({ spec }) => Object.keys(spec.volumes ?? {})),
    ...fleet.byKind('NomadVolume').map(({ metadata }) => metadata.name),
  ];
}

function distinct(values: readonly string[]): readonly string[] {
  return [...new Set(values)];
}
