import { count, record } from './client.ts';

/** `FailedTGAllocs` in words, one sentence a group, sorted by group: what is short and on how many nodes. */
export function describeFailures(value: unknown): readonly string[] {
  const groups = record(value);
  return Object.keys(groups)
    .sort()
    .map((group) => `group ${group}: ${describeGroup(record(groups[group]))}`);
}

function describeGroup(failure: Readonly<Record<string, unknown>>): string {
  const evaluated = count(failure['NodesEvaluated']);
  const waiting = count(failure['CoalescedFailures']) + 1;
  const unplaced = `${waiting} ${waiting === 1 ? 'allocation is' : 'allocations are'} not placed`;
  // The wait list of a pool that has no node at all comes without any other reason.
  if (evaluated === 0 && isEmpty(failure['ConstraintFiltered']) && isEmpty(failure['ClassFiltered'])) {
    return `${unplaced}: no node is eligible in its datacenters and node pool`;
  }
  const reasons = [
    ...entries(failure['ConstraintFiltered']).map(
      ([what, nodes]) => `"${what}" leaves out ${servers(nodes)}`,
    ),
    ...entries(failure['DimensionExhausted']).map(
      ([what, nodes]) => `${what} is exhausted on ${servers(nodes)}`,
    ),
    ...entries(failure['ClassExhausted']).map(
      ([what, nodes]) => `class "${what}" is full on ${servers(nodes)}`,
    ),
    ...quota(failure['QuotaExhausted']),
  ];
  return reasons.length === 0
    ? `${unplaced}: ${servers(evaluated)} looked at`
    : `${unplaced}: ${reasons.join('; ')}`;
}

function quota(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map((limit) => `quota is used up: ${String(limit)}`) : [];
}

function entries(value: unknown): readonly (readonly [string, number])[] {
  const map = record(value);
  return Object.keys(map)
    .sort()
    .map((name) => [name, count(map[name])] as const);
}

function isEmpty(value: unknown): boolean {
  return Object.keys(record(value)).length === 0;
}

function servers(nodes: number): string {
  return nodes === 1 ? '1 node' : `${nodes} nodes`;
}
