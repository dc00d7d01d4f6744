import type { Diagnostic } from '../../model/diagnostic.ts';
import { type CodeEntry, findingOf } from '../../model/diagnostic-code.ts';
import { missing } from '../../model/mistake.ts';
import { didYouMean } from '../../model/nearest.ts';
import { eachPlaceOnce } from '../each-place-once.ts';
import type { Rule } from '../rule.ts';
import { shortagePlace } from './ask-place.ts';
import { type Blame, blameOf } from './blame.ts';
import { type Constraint, constraintText, resolveTarget } from './constraint.ts';
import { type FleetGroup, fleetPlacement, groupName } from './fleet-placement.ts';
import { placementCodes } from './placement-codes.ts';
import { clientCount, lackingRoom, leftOutWords, roomWords } from './shortage-words.ts';

/** Each group fits on at least one client. Volumes that are on none of them have a rule of their own. */
export const noFit: Rule = (fleet) => {
  const { groups = [], nodes = [] } = fleetPlacement(fleet) ?? {};
  const found = groups.flatMap((group) => {
    const blame = blameOf(group);
    if (blame === undefined || blame.of === 'host volume' || blame.of === 'state') return [];
    const regions = [...new Set(nodes.map(({ region }) => region))];
    const pools = [...new Set(nodes.map(({ nodePool }) => nodePool))];
    const datacenters = [...new Set(nodes.map(({ datacenter }) => datacenter))];
    return tell(group, { blame, regions, pools, datacenters });
  });
  return eachPlaceOnce(found);
};

interface Known {
  readonly blame: Blame;
  readonly regions: readonly string[];
  readonly pools: readonly string[];
  readonly datacenters: readonly string[];
}

function tell(group: FleetGroup, { blame, regions, pools, datacenters }: Known): readonly Diagnostic[] {
  const { ask, fleetJob } = group;
  switch (blame.of) {
    case 'region':
      return [
        findingOf(placementCodes.region, {
          span: fleetJob.locate({ attribute: 'region' }),
          message: `no client is in the region ${ask.region}`,
          hint: didYouMean(ask.region, regions),
          mistake: missing('client of the region', ask.region),
        }),
      ];
    case 'node pool':
      return [
        findingOf(placementCodes.nodePool, {
          span: fleetJob.locate({ attribute: 'node_pool' }),
          message: `no client is in the node pool ${ask.nodePool}`,
          hint: didYouMean(ask.nodePool, pools),
          mistake: missing('client of the node pool', ask.nodePool),
        }),
      ];
    case 'datacenter':
      return [
        findingOf(placementCodes.datacenter, {
          span: fleetJob.locate({ attribute: 'datacenters' }),
          message: `no client is in ${ask.datacenters.join(', ')}`,
          hint: didYouMean(ask.datacenters[0] ?? '', datacenters) ?? clientsAreIn(datacenters),
          mistake: missing('client of the datacenters', ask.datacenters.join(' ')),
        }),
      ];
    case 'constraint':
      return [
        findingOf(placementCodes.constraint, {
          span: fleetJob.locate(blame.constraint.place),
          message: `${noneOf(group.matches.length)} ${constraintText(blame.constraint)}`,
          hint: valuesHint(group, blame.constraint),
        }),
      ];
    default:
      return [noRoom(group, placementCodes.noFit)];
  }
}

function noneOf(count: number): string {
  return count === 1 ? 'the only client does not meet' : `none of ${clientCount(count)} meets`;
}

/** What clients have instead. */
function valuesHint({ matches }: FleetGroup, { left, operator, right }: Constraint): string | undefined {
  const resolved = matches.map(({ node }) => resolveTarget(left, node));
  const values = resolved.flatMap((one) => (one === 'unknown' || one.value === undefined ? [] : [one.value]));
  const known = [...new Set(values)].toSorted();
  if (!left.startsWith('${') || known.length === 0) {
    return resolved.includes('unknown') ? undefined : `no client has ${left}`;
  }
  const near = operator === '=' ? didYouMean(right, known) : undefined;
  return near ?? `clients have ${known.slice(0, 5).join(', ')}`;
}

function clientsAreIn(datacenters: readonly string[]): string {
  return `clients are in ${datacenters.toSorted().slice(0, 5).join(', ')}: name one of these, or write "*" for all`;
}

function noRoom(group: FleetGroup, entry: CodeEntry): Diagnostic {
  const lacking = lackingRoom(group);
  const [first] = lacking;
  const leftOut = leftOutWords(group);
  const parts = [roomWords(lacking), leftOut].filter((part) => part !== '');
  return findingOf(entry, {
    span: shortagePlace(group, first?.shortage.kind ?? 'constraint'),
    message: `${groupName(group)} fits on no client: ${parts.join('; ')}`,
  });
}
