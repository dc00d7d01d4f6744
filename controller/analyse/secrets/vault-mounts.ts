import type { Fleet } from '../../kinds/kind.ts';
import { mountPath, type VaultMountSpec } from '../../kinds/vault-mount/schema.ts';
import { secretPathProblem } from '../../kinds/vault-secret/check.ts';
import type { VaultSecretSpec } from '../../kinds/vault-secret/schema.ts';
import type { Resource } from '../../model/resource.ts';
import { secretsOutsideTenants } from '../governance/tenants.ts';
import { allTemplates, type TaskTemplate } from '../jobs/task-templates.ts';
import type { TemplateRead } from '../jobs/template-facts.ts';
import type { Kinds } from '../rule.ts';

/** A template’s read of a secret below a KV version 2 mount that is declared. */
export interface SecretRead {
  readonly template: TaskTemplate;
  readonly read: TemplateRead;
  readonly mount: string;
  /** As Vault’s API has it: `kv/data/shop/db`. */
  readonly path: string;
  /** Without the mount and `data/`; absent when `data/` is missing. */
  readonly name: string | undefined;
}

/** What templates read of KV version 2; what a call with more arguments does is a write. */
export function secretReads(fleet: Fleet): readonly SecretRead[] {
  const mounts = fleet
    .byKind<VaultMountSpec>('VaultMount')
    .map((mount) => ({ path: mountPath(mount), spec: mount.spec }))
    .toSorted((a, b) => b.path.length - a.path.length);
  return allTemplates(fleet).flatMap((template) =>
    template.facts.reads.flatMap((read) => {
      if (read.call !== 'secret' || read.hasMore) return [];
      const path = (read.argument.split('?')[0] ?? '').replace(/^\/+/, '');
      const mount = mounts.find((one) => path.startsWith(`${one.path}/`));
      if (mount?.spec.type !== 'kv' || mount.spec.options?.['version'] !== '2') return [];
      const rest = path.slice(mount.path.length + 1);
      if (rest.startsWith('metadata/')) return [];
      const name = rest.startsWith('data/') ? rest.slice('data/'.length) : undefined;
      return [{ template, read, mount: mount.path, path, name }];
    }),
  );
}

/** The declared secrets by their whole paths, without `data/`. */
export function secretsByPath(fleet: Fleet): ReadonlyMap<string, Resource<VaultSecretSpec>> {
  return new Map(
    fleet
      .byKind<VaultSecretSpec>('VaultSecret')
      .toReversed()
      .map((secret) => [secret.spec.path, secret]),
  );
}

/**
 * Paths of secrets that have a finding of their own: several definitions claim them, they are below no mount, or they are not
 * their tenant’s. What lies there in the end is not known, nor what any other path was to be.
 */
export function doubtfulPaths(fleet: Fleet, kinds: Kinds): ReadonlySet<string> {
  const byPath = Map.groupBy(fleet.byKind<VaultSecretSpec>('VaultSecret'), ({ spec }) => spec.path);
  const strange = secretsOutsideTenants(fleet, kinds);
  return new Set(
    [...byPath].flatMap(([path, secrets]) => {
      const isDoubtful =
        secrets.length > 1 || strange.has(path) || secretPathProblem(path, fleet) !== undefined;
      return isDoubtful ? [path] : [];
    }),
  );
}

/** Declared paths of the same mount, when the one that is read is none of them; else nothing is missing, or nothing known. */
export function declaredBeside({ mount, name }: SecretRead, fleet: Fleet): readonly string[] {
  const paths = [...secretsByPath(fleet).keys()].filter((path) => path.startsWith(`${mount}/`));
  return name === undefined || paths.includes(`${mount}/${name}`) ? [] : paths;
}
