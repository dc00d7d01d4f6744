import type { MachineConfig } from '../../kinds/server/machine-configs.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { CodeEntry } from '../../model/diagnostic-code.ts';
import type { FieldPath } from '../../model/resource.ts';
import { exactlyOne } from '../exactly-one.ts';
import { finding } from '../finding.ts';
import { kindCodes } from '../kind-codes.ts';
import { durationMs, type Quantity, sizeBytes } from '../quantity.ts';
import { isPlainPath } from './check-path.ts';
import { isUnitName } from './check-units.ts';
import { isHostPort, isWebUrl } from './endpoint.ts';
import type { ProbeDefinition } from './probe-schema.ts';

const tests = {
  preconditions: ['exec', 'file', 'freeDisk', 'http'],
  checks: ['exec', 'http', 'tcp', 'unit'],
} as const;

/** The agent takes nothing longer. */
const maxTimeoutMs = 3_600_000;

export function checkProbes(resource: MachineConfig): readonly Diagnostic[] {
  return (['preconditions', 'checks'] as const).flatMap((field) =>
    Object.entries(resource.spec[field] ?? {}).flatMap(([name, probe]) => {
      const at = ['spec', field, name];
      return [
        ...exactlyOne(resource, at, probe, tests[field]),
        ...checkTargets(resource, at, probe),
        ...checkAmounts(resource, at, probe),
      ];
    }),
  );
}

interface Target {
  readonly at: FieldPath;
  readonly of: (probe: ProbeDefinition) => string | undefined;
  readonly isFine: (text: string) => boolean;
  readonly entry: CodeEntry;
  readonly what: string;
}

const isPath = (text: string) => text === '/' || text.includes('${{') || isPlainPath(text);
const isUnit = (text: string) => text.includes('${{') || isUnitName(text);

const targets: readonly Target[] = [
  {
    at: ['http'],
    of: ({ http }) => http,
    isFine: isWebUrl,
    entry: kindCodes.webUrl,
    what: 'http or https address',
  },
  { at: ['tcp'], of: ({ tcp }) => tcp, isFine: isHostPort, entry: kindCodes.hostPort, what: 'host:port' },
  { at: ['unit'], of: ({ unit }) => unit, isFine: isUnit, entry: kindCodes.name, what: 'name of a unit' },
  {
    at: ['file'],
    of: ({ file }) => file,
    isFine: isPath,
    entry: kindCodes.path,
    what: 'plain absolute path',
  },
  {
    at: ['freeDisk', 'path'],
    of: ({ freeDisk }) => freeDisk?.path,
    isFine: isPath,
    entry: kindCodes.path,
    what: 'plain absolute path',
  },
];

function checkTargets(resource: MachineConfig, at: FieldPath, probe: ProbeDefinition): readonly Diagnostic[] {
  const wrong = targets.flatMap((target) => {
    const text = target.of(probe);
    if (text === undefined || target.isFine(text)) return [];
    const message = `"${text}" is no ${target.what}`;
    return [finding(resource, [...at, ...target.at], { entry: target.entry, message })];
  });
  if (probe.exec?.length !== 0) return wrong;
  const message = 'the command is empty';
  return [...wrong, finding(resource, [...at, 'exec'], { entry: kindCodes.value, message })];
}

/** What has the right form and no meaning: no time at all, an hour and more, no space at all. */
function checkAmounts(
  resource: MachineConfig,
  at: FieldPath,
  { timeout, freeDisk }: ProbeDefinition,
): readonly Diagnostic[] {
  const timeoutMs = amountOf(durationMs, timeout);
  const size = amountOf(sizeBytes, freeDisk?.size);
  const isTime = timeoutMs === undefined || (timeoutMs > 0 && timeoutMs <= maxTimeoutMs);
  return [
    ...(isTime
      ? []
      : [
          finding(resource, [...at, 'timeout'], {
            entry: kindCodes.value,
            message: `a try of ${timeout} is outside of what the agent takes: more than 0, at most 1h`,
          }),
        ]),
    ...(size === undefined || size > 0
      ? []
      : [
          finding(resource, [...at, 'freeDisk', 'size'], {
            entry: kindCodes.value,
            message: 'every disk has 0 bytes free: nothing is asked',
          }),
        ]),
  ];
}

function amountOf(read: (value: unknown) => Quantity, text: string | undefined): number | undefined {
  if (text === undefined || text.includes('${{')) return undefined;
  const quantity = read(text);
  return quantity.ok ? quantity.value : undefined;
}
