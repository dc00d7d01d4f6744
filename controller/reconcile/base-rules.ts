import { judgeResourcePolicies } from '../analyse/governance/judge-resource-policies.ts';
import { judgeTenants } from '../analyse/governance/judge-tenants.ts';
import { mergeDiagnostics } from '../compile/merge-diagnostics.ts';
import { projectTenants, sortedTenants } from '../kinds/project/tenants.ts';
import { type Diagnostic, placeKey } from '../model/diagnostic.ts';
import type { Rules, Tenant } from '../model/environment.ts';
import { canonicalJson } from '../model/json.ts';
import type { Breach } from '../model/plan.ts';
import { rulesOf } from '../render/rules-of.ts';
import { basePolicyFindings, type PolicyBase, uncovered } from './base-policies.ts';
import type { CompiledFleets } from './compile-fleets.ts';
import type { CompiledSource } from './compile-source.ts';

/** What judges a revision that may have changed it: tenants, policies and waivers of the branch that it is to be merged into. */
export interface BaseRules extends PolicyBase {
  readonly tenants: readonly Tenant[];
}

/** Rules of a revision, by which others are judged. */
export function baseRulesOf({ project, fleets }: CompiledFleets, name: string): BaseRules {
  return { name, tenants: projectTenants(project.project), fleets };
}

/**
 * What one environment's definitions break of the live branch's rules. Nothing of those that are the tree's own: they have
 * judged it already, and what they found are errors of the definitions.
 */
export function findBreaches(
  { project, fleets }: CompiledSource,
  environment: string,
  { tenants = [], resourcePolicies = [] }: Pick<Rules, 'tenants' | 'resourcePolicies'>,
): readonly Breach[] {
  const fleet = fleets.get(environment);
  if (fleet === undefined) return [];
  const ofTenants = isSame(tenants, projectTenants(project.project)) ? [] : judgeTenants(fleet, tenants);
  // What only warns waits for nobody: that it is gone is told with the loosened rules.
  const lost = uncovered(resourcePolicies, rulesOf(fleet)).filter(({ level }) => level === 'Error');
  const ofPolicies = judgeResourcePolicies(fleet, lost).flatMap(({ policy, breaches }): readonly Breach[] => {
    const findings = breaches.map(({ finding }) => finding);
    return findings.length === 0 ? [] : [{ code: 'Policy', unit: `policy:${policy.name}`, findings }];
  });
  return [...ofTenants, ...ofPolicies];
}

function isSame(a: readonly Tenant[], b: readonly Tenant[]): boolean {
  return canonicalJson(sortedTenants(a)) === canonicalJson(sortedTenants(b));
}

/** The revision with what it breaks of the base's rules, beside what it breaks of its own: a change can't loosen what judges it. */
export function judgedByBase(compiled: CompiledSource, base: BaseRules): CompiledSource {
  const fresh = new Map(
    [...compiled.fleets.keys()].map((name) => {
      const ofPolicies = basePolicyFindings(compiled, name, base);
      const found = [...tenantFindings(compiled, name, base), ...ofPolicies];
      return [name, found.map((finding) => ({ ...finding, environment: name }))];
    }),
  );
  const all = [...fresh.values()].flat();
  if (all.length === 0) return compiled;
  const keys = new Set(all.map(wordsKey));
  const found = new Map(
    [...compiled.diagnosticsByEnvironment].map(([name, own]) => {
      const more = fresh.get(name) ?? [];
      const heavier = new Set(more.filter(({ severity }) => severity === 'error').map(wordsKey));
      // What only warns here and is an error by the base is told once.
      const kept = own.filter((each) => each.severity === 'error' || !heavier.has(wordsKey(each)));
      return [name, [...kept, ...more]];
    }),
  );
  return {
    ...compiled,
    diagnostics: mergeDiagnostics([...found.values()].flat()),
    diagnosticsByEnvironment: found,
    waived: compiled.waived.filter(({ finding }) => !keys.has(wordsKey(finding))),
  };
}

function wordsKey({ span, message }: Diagnostic): string {
  return JSON.stringify([span.path, span.line, span.column, message]);
}

function tenantFindings(
  compiled: CompiledSource,
  environment: string,
  { name, tenants }: BaseRules,
): readonly Diagnostic[] {
  const hint = `tenants are judged as ${name} has them: widen them in a change of its own, and merge that first`;
  const told = new Set((compiled.diagnosticsByEnvironment.get(environment) ?? []).map(placeKey));
  return findBreaches(compiled, environment, { tenants })
    .flatMap(({ findings }) => findings)
    .filter((finding) => !told.has(placeKey(finding)))
    .map((finding) => ({ ...finding, hint }));
}
