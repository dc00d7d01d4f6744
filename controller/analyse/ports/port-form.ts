import type { Diagnostic } from '../../model/diagnostic.ts';
import { findingOf } from '../../model/diagnostic-code.ts';
import type { Rule } from '../rule.ts';
import { type GroupPort, type GroupPorts, groupPorts } from './group-ports.ts';
import { portCodes } from './port-codes.ts';

const highest = 65_535;

/** What a group says of its ports makes sense in itself. */
export const portForm: Rule = (fleet) =>
  fleet
    .jobs()
    .flatMap((job) => groupPorts(job))
    .flatMap((group) => [
      ...checkRange(group),
      ...checkLabels(group),
      ...checkStatic(group),
      ...checkTargets(group),
      ...checkNetworks(group),
    ]);

function placeOf({ fleetJob, group }: GroupPorts, { label }: GroupPort, attribute?: string) {
  return fleetJob.locate({ group, block: 'port', label, ...(attribute === undefined ? {} : { attribute }) });
}

function checkRange(group: GroupPorts): readonly Diagnostic[] {
  return group.ports.flatMap((port) => {
    const isStatic = port.port !== undefined && !isPort(port.port);
    const isTarget = port.to !== undefined && port.to !== -1 && !isPort(port.to);
    return [
      ...(isStatic ? [{ attribute: 'static', value: port.port }] : []),
      ...(isTarget ? [{ attribute: 'to', value: port.to }] : []),
    ].map(({ attribute, value }) =>
      findingOf(portCodes.range, {
        span: placeOf(group, port, attribute),
        message: `${value} is no port`,
      }),
    );
  });
}

function isPort(value: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= highest;
}

function checkLabels(group: GroupPorts): readonly Diagnostic[] {
  return repeated(group.ports, ({ label }) => label).map((port) =>
    findingOf(portCodes.labelTwice, {
      span: placeOf(group, port),
      message: `the group ${group.group} has two ports with the label ${port.label}`,
    }),
  );
}

function checkStatic(group: GroupPorts): readonly Diagnostic[] {
  const fixed = group.ports.filter(({ port }) => port !== undefined && isPort(port));
  return repeated(fixed, ({ port, hostNetwork }) => `${hostNetwork} ${port}`).map((second) => {
    const first = fixed.find(({ port }) => port === second.port) ?? second;
    return findingOf(portCodes.twiceInGroup, {
      span: placeOf(group, second, 'static'),
      message: `${second.label} is port ${second.port}, as ${first.label} is`,
      related: [{ message: `the port of ${first.label}`, span: placeOf(group, first, 'static') }],
    });
  });
}

/** On the host's own network each task has its own use of `to`: only a shared one can be meant here. */
function checkTargets(group: GroupPorts): readonly Diagnostic[] {
  if (group.mode === 'host' || group.mode === 'none') return [];
  const mapped = group.ports.filter(({ to }) => to !== undefined && to !== -1 && isPort(to));
  return repeated(mapped, ({ to }) => String(to)).map((second) => {
    const first = mapped.find(({ to }) => to === second.to) ?? second;
    return findingOf(portCodes.sameTarget, {
      span: placeOf(group, second, 'to'),
      message: `${second.label} leads to port ${second.to}, as ${first.label} does`,
      related: [{ message: `the port ${first.label}`, span: placeOf(group, first, 'to') }],
    });
  });
}

function checkNetworks({ fleetJob, group, networkCount }: GroupPorts): readonly Diagnostic[] {
  if (networkCount < 2) return [];
  return [
    findingOf(portCodes.secondNetwork, {
      span: fleetJob.locate({ group, block: 'network', label: 1 }),
      message: `the group ${group} has ${networkCount} network blocks, and only the first one counts`,
    }),
  ];
}

/** All but the first of those that share a key. */
function repeated<T>(items: readonly T[], keyOf: (item: T) => string): readonly T[] {
  return [...Map.groupBy(items, keyOf).values()].flatMap((same) => same.slice(1));
}
