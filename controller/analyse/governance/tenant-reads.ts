import { matchesWildcard } from '../../kinds/glob.ts';
import type { Fleet, FleetJob } from '../../kinds/kind.ts';
import type { Diagnostic, Span } from '../../model/diagnostic.ts';
import { type CodeEntry, findingOf } from '../../model/diagnostic-code.ts';
import type { Tenant, TenantJobs } from '../../model/environment.ts';
import type { Json } from '../../model/json.ts';
import { type FieldPath, type Resource, resourceId } from '../../model/resource.ts';
import type { Kinds } from '../rule.ts';
import { governanceCodes } from './governance-codes.ts';
import { jobUsage } from './job-usage.ts';
import type { TenantDocument } from './tenant-documents.ts';

interface Read {
  readonly system: 'vault' | 'consul';
  readonly path: string;
  readonly span: Span;
  /** The definition of what is read, where a name leads to it. */
  readonly secret?: Resource;
  /** What the definition itself is. */
  readonly isOwn?: true;
}

/** Definitions of a tenant speak only of the tenant’s own secrets and keys: those that they make, and those that they read. */
export function checkReads(
  { tenant, documents }: { readonly tenant: Tenant; readonly documents: readonly TenantDocument[] },
  fleet: Fleet,
  kinds: Kinds,
): readonly Diagnostic[] {
  const { jobs: rules } = tenant;
  if (rules === undefined || documents.length === 0) return [];
  const jobs = Map.groupBy(fleet.jobs(), (job) => resourceId(job.resource));
  const own = new Set(documents.map(({ resource }) => resource));
  const paths = new Set([...own].flatMap((resource) => ownPaths(resource, kinds)).map(({ path }) => path));
  return [...own].flatMap((resource) =>
    readsOf(resource, { fleet, kinds, jobs: jobs.get(resourceId(resource)) ?? [] })
      // A secret that the same tenant defines is told where it says its path, not again by all who read it.
      .filter(
        ({ secret, path, isOwn }) => isOwn || !(secret === undefined ? paths.has(path) : own.has(secret)),
      )
      .flatMap((read) => check(tenant.path, rules, read)),
  );
}

/** Paths in Vault where a tenant defines secrets and may not. */
export function refusedPaths(
  { tenant, documents }: { readonly tenant: Tenant; readonly documents: readonly TenantDocument[] },
  kinds: Kinds,
): readonly string[] {
  const own = new Set(documents.map(({ resource }) => resource));
  return [...own]
    .flatMap((resource) => ownPaths(resource, kinds))
    .filter((read) => read.system === 'vault' && check(tenant.path, tenant.jobs ?? {}, read).length > 0)
    .map(({ path }) => path);
}

function check(
  glob: string,
  { vaultPaths, consulPrefixes }: TenantJobs,
  { system, path, span }: Read,
): readonly Diagnostic[] {
  const isVault = system === 'vault';
  const allowed = isVault ? vaultPaths : consulPrefixes;
  const may = (pattern: string) =>
    isVault ? matchesWildcard(pattern, path) : matchesWildcard(`${pattern.replace(/\*$/, '')}*`, path);
  if (allowed === undefined || allowed.some(may)) return [];
  const entry: CodeEntry = isVault ? governanceCodes.tenantVaultPath : governanceCodes.tenantConsulPrefix;
  const message = `${path} is not ${glob}’s: it has ${allowed.join(', ')}`;
  return [findingOf(entry, { span, message })];
}

function readsOf(
  resource: Resource,
  {
    fleet,
    kinds,
    jobs,
  }: { readonly fleet: Fleet; readonly kinds: Kinds; readonly jobs: readonly FleetJob[] },
): readonly Read[] {
  const kind = [...kinds.values()].find(({ name }) => name === resource.kind);
  const own = ownPaths(resource, kinds);
  const named = (kind?.references?.(resource) ?? []).flatMap((reference): Read[] => {
    const secret = reference.kind === 'VaultSecret' ? fleet.find('VaultSecret', reference.name) : undefined;
    const path = secret?.spec.path;
    if (secret === undefined || typeof path !== 'string') return [];
    return [{ system: 'vault', path, span: resource.locate(reference.at), secret }];
  });
  const written = texts(resource.spec, ['spec']).flatMap(({ text, at }) =>
    placeholders(text).map((path): Read => ({ system: 'vault', path, span: resource.locate(at) })),
  );
  const templates = jobs.flatMap((job) =>
    jobUsage(job.job).tasks.flatMap(({ place, templates: all }) =>
      all.flatMap((text) => templateReads(text, job.locate({ ...place, block: 'template' }))),
    ),
  );
  // What the definition says is told there, and not again in the template that it becomes.
  const said = new Set([...named, ...written].map(({ path }) => path));
  return distinct([...own, ...named, ...written, ...templates.filter(({ path }) => !said.has(path))]);
}

function ownPaths(resource: Resource, kinds: Kinds): readonly Read[] {
  const kind = [...kinds.values()].find(({ name }) => name === resource.kind);
  return (kind?.targets(resource) ?? [])
    .filter(isChosen)
    .flatMap(({ key, at }) => ownTarget(key, resource.locate(at)))
    .map((read) => ({ ...read, isOwn: true }));
}

/** A path that the definition spells out; one that follows from its name is Drover’s choice, as that of an alert rule. */
function isChosen({ at }: { readonly at: FieldPath }): boolean {
  return at[0] === 'spec';
}

/** `vault-secret:kv/shop/db` and `consul-key:shop/flags`: what the definition itself is. */
function ownTarget(key: string, span: Span): readonly Read[] {
  if (key.startsWith('vault-secret:'))
    return [{ system: 'vault', path: key.slice('vault-secret:'.length), span }];
  if (key.startsWith('consul-key:'))
    return [{ system: 'consul', path: key.slice('consul-key:'.length), span }];
  return [];
}

/** Paths of secrets that expressions put into a text, as they stand after they were resolved. */
function placeholders(text: string): readonly string[] {
  return [...text.matchAll(/\$\{\{ secret\("((?:[^"\\]|\\.)*)", /g)].map(([, path = '']) => path);
}

/** What a template of consul-template reads: `{{ with secret "kv/data/shop/db" }}`, `{{ key "shop/flags" }}`. */
function templateReads(text: string, span: Span): readonly Read[] {
  const secrets = [...text.matchAll(/\bsecrets?\s+"([^"]+)"/g)].map(
    ([, path = '']): Read => ({ system: 'vault', path: withoutData(path), span }),
  );
  const keys = [
    ...text.matchAll(/\b(?:key|keyExists|keyOrDefault|ls|safeLs|tree|safeTree)\s+"([^"]+)"/g),
  ].map(([, path = '']): Read => ({ system: 'consul', path: path.split('@')[0] ?? path, span }));
  return [...secrets, ...keys];
}

/** KV version 2 puts `data/` behind the mount. */
function withoutData(path: string): string {
  const [mount = '', second, ...rest] = (path.split('?')[0] ?? path).split('/');
  return second === 'data' || second === 'metadata'
    ? [mount, ...rest].join('/')
    : [mount, second, ...rest].join('/');
}

function texts(value: Json, at: FieldPath): readonly { readonly text: string; readonly at: FieldPath }[] {
  if (typeof value === 'string') return [{ text: value, at }];
  if (typeof value !== 'object' || value === null) return [];
  const entries: [string | number, Json][] = Array.isArray(value)
    ? value.map((item: Json, index) => [index, item])
    : Object.entries(value);
  return entries.flatMap(([step, item]) => texts(item, [...at, step]));
}

function distinct(reads: readonly Read[]): readonly Read[] {
  const seen = new Set<string>();
  return reads.filter(({ system, path, span }) => {
    const key = JSON.stringify([system, path, span.path, span.line, span.column]);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
