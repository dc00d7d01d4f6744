import { constraintText, meetsConstraint, resolveTarget } from './constraint.ts';
import { matchesGlob } from './matches-glob.ts';
import type { PlacementAsk } from './placement-ask.ts';
import type { PlacementNode } from './placement-node.ts';
import type { Shortage } from './shortage.ts';
import type { Verdict } from './verdict.ts';

export interface Match {
  readonly verdict: Verdict;
  /** With `no`: the first reason, in Nomad's own order. */
  readonly shortage?: Shortage;
}

type Check = (ask: PlacementAsk, node: PlacementNode) => Shortage | 'unknown' | undefined;

/** Whether a client is of the kind that a group asks for, whatever room there is on it. */
export function matchNode(ask: PlacementAsk, node: PlacementNode): Match {
  let isOpen = ask.undecided.length > 0;
  for (const check of checks) {
    const found = check(ask, node);
    if (found === 'unknown') isOpen = true;
    else if (found !== undefined) return { verdict: 'no', shortage: found };
  }
  return { verdict: isOpen ? 'unknown' : 'yes' };
}

const checks: readonly Check[] = [
  (ask, node) => (isOfRegion(ask, node) ? undefined : { kind: 'region', what: ask.region }),
  (ask, node) =>
    ask.datacenters.some((glob) => matchesGlob(glob, node.datacenter))
      ? undefined
      : { kind: 'datacenter', what: ask.datacenters.join(', ') },
  (ask, node) =>
    ask.nodePool === 'all' || ask.nodePool === node.nodePool
      ? undefined
      : { kind: 'node pool', what: ask.nodePool },
  (_, node) => (node.isEligible ? undefined : { kind: 'state', what: 'not active' }),
  checkConstraints,
  checkDrivers,
  checkVolumes,
  checkProperties,
];

/** A job of the region `global`, which is also what a job without one gets, is for Nomad a job of the region that it is sent to. */
export function isOfRegion(ask: PlacementAsk, node: PlacementNode): boolean {
  return ask.region === 'global' || ask.region === node.region;
}

function checkConstraints(ask: PlacementAsk, node: PlacementNode): Shortage | 'unknown' | undefined {
  const verdicts = ask.constraints.map((constraint) => meetsConstraint(constraint, node));
  const refused = ask.constraints[verdicts.indexOf('no')];
  if (refused !== undefined) return { kind: 'constraint', what: constraintText(refused) };
  return verdicts.includes('unknown') ? 'unknown' : undefined;
}

function checkDrivers({ drivers }: PlacementAsk, node: PlacementNode): Shortage | 'unknown' | undefined {
  const known = drivers.map((driver) =>
    Object.hasOwn(node.drivers, driver) ? node.drivers[driver] : undefined,
  );
  const missing = drivers[known.indexOf(false)];
  if (missing !== undefined) return { kind: 'driver', what: missing };
  return known.includes(undefined) ? 'unknown' : undefined;
}

function checkVolumes({ volumes }: PlacementAsk, node: PlacementNode): Shortage | 'unknown' | undefined {
  let isOpen = false;
  for (const { source, readOnly, isPerAlloc } of volumes) {
    // Whether a volume that Nomad makes is there, nobody knows before.
    if (isPerAlloc) isOpen = true;
    else if (!Object.hasOwn(node.hostVolumes, source)) return { kind: 'host volume', what: source };
    else if (node.hostVolumes[source]?.dynamic === true) isOpen = true;
    else if (node.hostVolumes[source]?.readOnly === true && !readOnly) {
      return { kind: 'host volume', what: `${source} for writing` };
    }
  }
  return isOpen ? 'unknown' : undefined;
}

/** A property that is to be distinct must be set. */
function checkProperties(ask: PlacementAsk, node: PlacementNode): Shortage | 'unknown' | undefined {
  const targets = ask.distinctProperties.map(({ target }) => ({
    target,
    resolved: resolveTarget(target, node),
  }));
  const missing = targets.find(({ resolved }) => resolved !== 'unknown' && resolved.value === undefined);
  if (missing !== undefined) return { kind: 'distinct property', what: missing.target };
  return targets.some(({ resolved }) => resolved === 'unknown') ? 'unknown' : undefined;
}
