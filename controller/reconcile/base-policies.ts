import { foldCrowds } from '../analyse/fold-crowds.ts';
import { type JudgedPolicy, judgeResourcePolicies } from '../analyse/governance/judge-resource-policies.ts';
import { type PlacedWaiver, waive } from '../analyse/governance/waivers.ts';
import { acceptedOn } from '../kinds/accepted-findings.ts';
import type { Fleet } from '../kinds/kind.ts';
import { coversPolicy } from '../kinds/policy/covers-policy.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { ResourcePolicy, Rules } from '../model/environment.ts';
import { canonicalJson } from '../model/json.ts';
import { rulesOf } from '../render/rules-of.ts';
import type { CompiledSource } from './compile-source.ts';

type Judging = Pick<Rules, 'resourcePolicies' | 'waivers'>;
type Breach = JudgedPolicy['breaches'][number];

/** A revision that judges another. */
export interface PolicyBase {
  /** What it is, for people: `main`. */
  readonly name: string;
  /** One for each environment, whatever was found in it. */
  readonly fleets: ReadonlyMap<string, Fleet>;
}

/** Policies that `own` does not hold definitions to as strictly. */
export function uncovered(
  policies: readonly ResourcePolicy[],
  { resourcePolicies: own = [] }: Judging,
): readonly ResourcePolicy[] {
  return policies.filter((policy) => !own.some((other) => coversPolicy(other, policy)));
}

/**
 * What one environment's definitions break of the base's policies and their own tree does not tell: of policies that it took away
 * or loosened, and what a waiver hides that the base does not have. What the base itself breaks is not this change's.
 */
export function basePolicyFindings(
  { fleets, waivers, today }: CompiledSource,
  environment: string,
  base: PolicyBase,
): readonly Diagnostic[] {
  const fleet = fleets.get(environment);
  if (fleet === undefined) return [];
  const own = rulesOf(fleet);
  const baseFleet = base.fleets.get(environment);
  const theirs = baseFleet === undefined ? commonRules(base) : rulesOf(baseFleet);
  const given = waivers.get(environment) ?? [];
  const reviewed = given.filter(isAmong(acceptedOn(theirs.waivers, today)));
  const isHidden = hiddenBy(reviewed, today);
  const isHiddenHere = hiddenBy(given, today);
  const isNewlyHidden = (breach: Breach) => isHiddenHere(breach) && !isHidden(breach);
  const lost = uncovered(theirs.resourcePolicies ?? [], own);
  const kept = reviewed.length === given.length ? [] : keptWarnings(own, theirs);
  const brought = broughtBreaches(fleet, baseFleet);
  const told = lost.length === 0 ? [] : breachesOf(fleet, own.resourcePolicies ?? []);
  const isTold = toldBy(told.filter((breach) => !isNewlyHidden(breach)));
  const loosened = brought(lost).filter((breach) => !isTold(breach) && !isHidden(breach));
  return foldCrowds([
    ...loosened.map(({ finding }) => ({
      ...finding,
      hint: `policies are judged as ${base.name} has them: loosen them in a change of its own, and merge that first`,
    })),
    ...brought(kept)
      .filter(isNewlyHidden)
      .map(({ finding }) => ({
        ...finding,
        hint: `its waiver is new here: it counts for what policies say once ${base.name} has it`,
      })),
  ]);
}

/** What a waiver can hide of the base's policies that are still there. */
function keptWarnings({ resourcePolicies: own = [] }: Judging, theirs: Judging): readonly ResourcePolicy[] {
  const policies = theirs.resourcePolicies ?? [];
  return own.filter(
    (policy) => policy.level === 'Warning' && policies.some((other) => coversPolicy(policy, other)),
  );
}

/** A new environment is held to what all environments of the base are held to. */
function commonRules({ fleets }: PolicyBase): Judging {
  const [first, ...others] = [...fleets.values()].map(rulesOf);
  const keysOf = ({ resourcePolicies = [] }: Judging) =>
    new Set(resourcePolicies.map((each) => canonicalJson(each)));
  const known = others.map(keysOf);
  return {
    resourcePolicies: (first?.resourcePolicies ?? []).filter((policy) =>
      known.every((keys) => keys.has(canonicalJson(policy))),
    ),
    waivers: [first, ...others].flatMap((rules) => rules?.waivers ?? []),
  };
}

/**
 * Asks policies of the definitions, and leaves out what the base breaks as well: a change that mends a policy, or takes away one that
 * nobody keeps, would be refused for ever.
 */
function broughtBreaches(fleet: Fleet, baseFleet: Fleet | undefined) {
  return (policies: readonly ResourcePolicy[]): readonly Breach[] => {
    if (policies.length === 0) return [];
    const before = baseFleet === undefined ? [] : judgeResourcePolicies(baseFleet, policies);
    const unanswered = new Set(before.flatMap(({ policy, isAnswered }) => (isAnswered ? [] : [policy])));
    const standing = new Set(before.flatMap(({ breaches }) => breaches.map(wordsKey)));
    const asked = policies.filter((policy) => !unanswered.has(policy));
    return breachesOf(fleet, asked).filter((breach) => !standing.has(wordsKey(breach)));
  };
}

function breachesOf(fleet: Fleet, policies: readonly ResourcePolicy[]): readonly Breach[] {
  return judgeResourcePolicies(fleet, policies).flatMap(({ breaches }) => breaches);
}

/** Whether the tree's own policies say the same of a definition, and as gravely. */
function toldBy(breaches: readonly Breach[]): (breach: Breach) => boolean {
  const errors = breaches.filter(({ finding }) => finding.severity === 'error');
  const [grave, any] = [new Set(errors.map(wordsKey)), new Set(breaches.map(wordsKey))];
  return (breach) => (breach.finding.severity === 'error' ? grave : any).has(wordsKey(breach));
}

function wordsKey({ id, finding }: Breach): string {
  return JSON.stringify([id, finding.message]);
}

function isAmong(accepted: ReadonlySet<string>): (waiver: PlacedWaiver) => boolean {
  return ({ code, by }) => accepted.has(`${code} ${by}`);
}

function hiddenBy(waivers: readonly PlacedWaiver[], today: string | undefined): (breach: Breach) => boolean {
  return ({ finding }) => waive([finding], waivers, { today, used: new Set() }).waived.length > 0;
}
