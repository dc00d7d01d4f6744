import type { JobPlace } from '../../kinds/kind.ts';
import { compareOrder, type OrderOperator } from './compare-order.ts';
import { compareVersions } from './compare-versions.ts';
import { matchPattern } from './match-pattern.ts';
import type { PlacementNode } from './placement-node.ts';
import { type Verdict, verdictOf } from './verdict.ts';

export interface Constraint {
  readonly left: string;
  readonly operator: string;
  readonly right: string;
  readonly place: JobPlace;
}

/** `undefined`: not set on that client; `unknown`: the definitions don't say. */
type Target = { readonly value: string | undefined } | 'unknown';

const equal: readonly string[] = ['=', '==', 'is'];
const unequal: readonly string[] = ['!=', 'not'];
const orders: readonly string[] = ['<', '<=', '>', '>='] satisfies readonly OrderOperator[];

/** As people read it: `${meta.rack} = a`. */
export function constraintText({ left, operator, right }: Constraint): string {
  return [left, operator, right].filter((part) => part !== '').join(' ');
}

/** Whether a client meets a constraint, as Nomad's scheduler judges it. The distinct ones are not about one client. */
export function meetsConstraint({ left, operator, right }: Constraint, node: PlacementNode): Verdict {
  if (operator === 'distinct_hosts' || operator === 'distinct_property') return 'yes';
  // A mistake of its own: nobody meant to compare two texts.
  if (!left.startsWith('${') && !right.startsWith('${')) return 'unknown';
  const [l, r] = [resolveTarget(left, node), resolveTarget(right, node)];
  if (l === 'unknown') return 'unknown';
  if (operator === 'is_set') return verdictOf(l.value !== undefined);
  if (operator === 'is_not_set') return verdictOf(l.value === undefined);
  if (r === 'unknown') return 'unknown';
  return compare(operator, l.value, r.value);
}

function compare(operator: string, left: string | undefined, right: string | undefined): Verdict {
  // Nomad compares what is not set as an empty text, and only here.
  if (unequal.includes(operator)) return verdictOf((left ?? '') !== (right ?? ''));
  if (left === undefined || right === undefined) return 'no';
  if (equal.includes(operator)) return verdictOf(left === right);
  if (orders.includes(operator)) {
    const holds = compareOrder(operator as OrderOperator, left, right);
    return holds === undefined ? 'unknown' : verdictOf(holds);
  }
  return compareSpecial(operator, left, right);
}

function compareSpecial(operator: string, left: string, right: string): Verdict {
  switch (operator) {
    case 'version':
    case 'semver':
      return compareVersions(left, right, operator);
    case 'regexp':
      return matchPattern(left, right);
    case 'set_contains':
    case 'set_contains_all':
      return verdictOf([...membersOf(right)].every((item) => membersOf(left).has(item)));
    case 'set_contains_any':
      return verdictOf([...membersOf(right)].some((item) => membersOf(left).has(item)));
    default:
      return 'unknown';
  }
}

function membersOf(list: string): ReadonlySet<string> {
  return new Set(list.split(',').map((item) => item.trim()));
}

/** What `${…}` means on a client; text without it means itself. */
export function resolveTarget(target: string, node: PlacementNode): Target {
  if (!target.startsWith('${')) return { value: target };
  const name = target.slice(2).replace(/\}$/, '');
  if (name.startsWith('meta.')) return resolveMeta(name.slice('meta.'.length), node);
  if (name.startsWith('attr.')) {
    const value = ownValue(node.attributes, name.slice('attr.'.length));
    return value === undefined ? 'unknown' : { value };
  }
  const known: Readonly<Record<string, string>> = {
    'node.datacenter': node.datacenter,
    'node.unique.name': node.name,
    'node.class': node.nodeClass,
    'node.pool': node.nodePool,
  };
  // Only a running node has an id, and Nomad refuses what it does not know.
  const value = ownValue(known, name);
  return value === undefined ? 'unknown' : { value };
}

function resolveMeta(key: string, node: PlacementNode): Target {
  const value = ownValue(node.meta, key);
  // The client itself sets these when the definitions don't.
  return value === undefined && key.startsWith('connect.') ? 'unknown' : { value };
}

function ownValue(values: Readonly<Record<string, string>>, key: string): string | undefined {
  return Object.hasOwn(values, key) ? values[key] : undefined;
}
