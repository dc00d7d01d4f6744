import { matchesWildcard } from '../../kinds/glob.ts';
import type { Fleet } from '../../kinds/kind.ts';
import { checkPolicyText } from '../../kinds/vault-policy/check-text.ts';
import { policyName } from '../../kinds/vault-policy/render.ts';
import type { VaultPolicySpec } from '../../kinds/vault-policy/schema.ts';
import type { VaultRoleSpec } from '../../kinds/vault-role/schema.ts';
import { findingOf } from '../../model/diagnostic-code.ts';
import { textOf } from '../../model/json-values.ts';
import { missing } from '../../model/mistake.ts';
import { didYouMean } from '../../model/nearest.ts';
import type { Resource } from '../../model/resource.ts';
import { doubtfulNamespaces } from '../doubtful-namespaces.ts';
import { type Alike, foldAlike } from '../each-place-once.ts';
import { allGroups, type JobGroup, type JobTask } from '../jobs/job-parts.ts';
import type { Rule } from '../rule.ts';
import { granted, matchesPolicyPath, resolvedPath } from './granted-paths.ts';
import { secretCodes } from './secret-codes.ts';
import { claimsOf, declaredRole, roleName, vaultBlock } from './vault-access.ts';
import { declaredBeside, doubtfulPaths, type SecretRead, secretReads } from './vault-mounts.ts';

/** A task’s role is declared, takes the task, and may read what the task’s templates read. */
export const vaultGrants: Rule = (fleet, kinds) => {
  const doubtful = doubtfulNamespaces(fleet, kinds);
  const doubtfulSecrets = doubtfulPaths(fleet, kinds);
  const reads = Map.groupBy(
    // A path that is probably misspelt is told as such, and nothing follows from it.
    secretReads(fleet).filter(
      (read) =>
        isPlain(read) &&
        declaredBeside(read, fleet).length === 0 &&
        !doubtfulSecrets.has(`${read.mount}/${read.name ?? ''}`),
    ),
    ({ template }) => template.task.task,
  );
  return foldAlike(
    allGroups(fleet).flatMap((group) =>
      group.tasks.flatMap((task) =>
        checkTask(fleet, {
          group,
          task,
          reads: reads.get(task.task) ?? [],
          isDoubtful: doubtful.has(group.fleetJob.resource),
        }),
      ),
    ),
  );
};

/** `data/` twice comes from a path that is told where it is written. */
function isPlain({ name }: SecretRead): boolean {
  return name !== undefined && !/^(?:data|metadata)\//.test(name);
}

interface Holder {
  readonly group: JobGroup;
  readonly task: JobTask;
  readonly reads: readonly SecretRead[];
  /** Its namespace has a finding of its own: what a role makes of it is not known. */
  readonly isDoubtful: boolean;
}

function checkTask(fleet: Fleet, holder: Holder): readonly Alike[] {
  const block = vaultBlock(holder.group, holder.task);
  const name = block === undefined ? undefined : roleName(block, fleet);
  if (block === undefined || name === undefined) return [];
  const role = declaredRole(name, fleet);
  if (role === undefined) return textOf(block['Role']) === '' ? [] : unknownRole(fleet, name, holder);
  if (holder.isDoubtful) return [];
  const refused = refusedClaim(role, holder);
  if (refused !== undefined) {
    const span = holder.task.locate({ block: 'vault', attribute: 'role' });
    const { claim, value } = refused;
    const message = `the role ${name} takes no task with ${claim} ${value}`;
    const finding = findingOf(secretCodes.refusedByRole, { span, message, related: [placeOf(role)] });
    return [{ key: JSON.stringify([name, claim]), finding, also: `nor ${holder.task.name}, with ${value}` }];
  }
  return notGranted(fleet, role, holder);
}

function placeOf(role: Resource<VaultRoleSpec>) {
  return { message: `the role ${role.metadata.name}`, span: role.locate(['metadata', 'name']) };
}

function unknownRole(fleet: Fleet, name: string, { task }: Holder): readonly Alike[] {
  const names = fleet.byKind('VaultRole').map(({ metadata }) => metadata.name);
  if (names.length === 0 || names.includes(name) || fleet.mayMiss?.('VaultRole') === true) return [];
  const span = task.locate({ block: 'vault', attribute: 'role' });
  const message = `${task.name} asks for the role ${name}, which nobody declares`;
  const finding = findingOf(secretCodes.undeclaredRole, { span, message, hint: didYouMean(name, names) });
  return [{ key: JSON.stringify([name, task.name, span]), finding, also: message }];
}

interface Refused {
  readonly claim: string;
  readonly value: string;
}

/** The first claim that the role asks for and the task does not have; what other claims hold is not known. */
function refusedClaim({ spec }: Resource<VaultRoleSpec>, { group, task }: Holder): Refused | undefined {
  const claims = claimsOf(group, task);
  const isOwn = spec.config !== undefined && 'bound_claims' in spec.config;
  for (const [claim, wanted] of Object.entries(isOwn ? {} : (spec.boundClaims ?? {}))) {
    const value = claims[claim.replace(/^\//, '')];
    const values = Array.isArray(wanted) ? wanted : [wanted];
    const isTaken = value === undefined || values.some((one) => matchesWildcard(one, value));
    if (!isTaken) return { claim, value };
  }
  return undefined;
}

function notGranted(
  fleet: Fleet,
  role: Resource<VaultRoleSpec>,
  { group, task, reads }: Holder,
): readonly Alike[] {
  const policies = policiesOf(fleet, role);
  if (policies === undefined || reads.length === 0) return [];
  // A policy with a finding of its own may be meant to grant it.
  if (policies.some((policy) => checkPolicyText(policy, fleet).length > 0)) return [];
  const claims = claimsOf(group, task);
  const mappings = Object.entries(role.spec.claimMappings ?? {});
  const mapped = mappings.map(([claim, name]) => [name, claims[claim.replace(/^\//, '')]] as const);
  const known = mapped.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
  const metadata = mappings.length === 0 ? claims : Object.fromEntries(known);
  const patterns = policies.flatMap((policy) => granted(policy).map((path) => resolvedPath(path, metadata)));
  const refused = reads.filter(({ path }) => !patterns.some((pattern) => matchesPolicyPath(pattern, path)));
  // Policies that grant nothing of what is read are one mistake, whatever is read.
  const isNone = refused.length === reads.length;
  return refused.map(({ path, template, read }) => ({
    key: JSON.stringify([role.metadata.name, path]),
    also: `${task.name} reads it as well`,
    finding: findingOf(secretCodes.notGranted, {
      span: template.locate('data', read.argument),
      message: `${task.name} reads ${path}, which no policy of its role ${role.metadata.name} grants`,
      related: [placeOf(role)],
      ...(isNone
        ? {
            mistake: {
              ...missing('grant', role.metadata.name),
              also: `${task.name} reads ${path}, which is not granted either`,
            },
          }
        : {}),
    }),
  }));
}

/** All policies of a role; nothing when one of them is not declared here. */
function policiesOf(
  fleet: Fleet,
  { spec }: Resource<VaultRoleSpec>,
): readonly Resource<VaultPolicySpec>[] | undefined {
  if (spec.config !== undefined && 'token_policies' in spec.config) return undefined;
  const declared = fleet.byKind<VaultPolicySpec>('VaultPolicy');
  const names = spec.policies.map((name) => name.toLowerCase()).filter((name) => name !== 'default');
  const found = names.map((name) => declared.find((policy) => policyName(policy) === name));
  return found.every((policy) => policy !== undefined) ? found : undefined;
}
