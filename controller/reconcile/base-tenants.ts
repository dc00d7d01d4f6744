import { judgeTenants } from '../analyse/governance/judge-tenants.ts';
import { mergeDiagnostics } from '../compile/merge-diagnostics.ts';
import { projectTenants, sortedTenants } from '../kinds/project/tenants.ts';
import { type Diagnostic, placeKey } from '../model/diagnostic.ts';
import type { Tenant } from '../model/environment.ts';
import { canonicalJson } from '../model/json.ts';
import type { TenantBreach } from '../model/plan.ts';
import type { CompiledSource } from './compile-source.ts';

/** Tenants that judge a revision which may have changed them. */
export interface BaseTenants {
  readonly tenants: readonly Tenant[];
  /** Where they stand, for people: `main`. */
  readonly name: string;
}

/**
 * What one environment's definitions break of these tenants. Nothing when they are the tree's own: those have judged it
 * already, and what they found are errors of the definitions.
 */
export function findBreaches(
  { project, fleets }: CompiledSource,
  environment: string,
  tenants: readonly Tenant[],
): readonly TenantBreach[] {
  const fleet = fleets.get(environment);
  if (fleet === undefined || isSame(tenants, projectTenants(project.project))) return [];
  return judgeTenants(fleet, tenants);
}

function isSame(a: readonly Tenant[], b: readonly Tenant[]): boolean {
  return canonicalJson(sortedTenants(a)) === canonicalJson(sortedTenants(b));
}

/** The revision with what it breaks of the base's tenants, beside what it breaks of its own: a change can't give itself rights. */
export function judgedByBase(compiled: CompiledSource, base: BaseTenants): CompiledSource {
  const hint = `tenants are judged as ${base.name} has them: widen them in a change of its own, and merge that first`;
  const found = new Map<string, readonly Diagnostic[]>();
  for (const environment of compiled.fleets.keys()) {
    const own = compiled.diagnosticsByEnvironment.get(environment) ?? [];
    const told = new Set(own.map(placeKey));
    const breaches = findBreaches(compiled, environment, base.tenants).flatMap(({ findings }) => findings);
    const fresh = breaches.filter((finding) => !told.has(placeKey(finding)));
    found.set(
      environment,
      fresh.map((finding) => ({ ...finding, hint })),
    );
  }
  const all = [...found.values()].flat();
  if (all.length === 0) return compiled;
  return {
    ...compiled,
    diagnostics: mergeDiagnostics([...compiled.diagnostics, ...all]),
    diagnosticsByEnvironment: new Map(
      [...compiled.diagnosticsByEnvironment].map(([name, own]) => [
        name,
        [...own, ...(found.get(name) ?? [])],
      ]),
    ),
  };
}
