import type { Diagnostic } from '../../model/diagnostic.ts';
import { nearestWord } from '../../model/nearest.ts';
import type { FieldPath, Resource } from '../../model/resource.ts';
import { finding } from '../finding.ts';
import { kindCodes } from '../kind-codes.ts';
import { frequencyMHz, type Quantity, sizeBytes } from '../quantity.ts';
import type { ServerClassSpec } from './schema.ts';

/** As Go, and so Nomad, spells them. */
const architectures = ['386', 'amd64', 'arm', 'arm64', 'loong64', 'ppc64le', 'riscv64', 's390x'];

const otherSpellings: Readonly<Record<string, string>> = {
  x86_64: 'amd64',
  'x86-64': 'amd64',
  x64: 'amd64',
  aarch64: 'arm64',
  armv8: 'arm64',
  i386: '386',
};

/** What is wrong with hardware, wherever in a resource it is written. */
export function checkHardware<S>(
  resource: Resource<S>,
  at: FieldPath,
  spec: ServerClassSpec,
): readonly Diagnostic[] {
  return [...checkArchitecture(resource, at, spec), ...checkReserved(resource, at, spec)];
}

function checkArchitecture<S>(
  resource: Resource<S>,
  at: FieldPath,
  { arch }: ServerClassSpec,
): readonly Diagnostic[] {
  if (arch === undefined || architectures.includes(arch)) return [];
  const meant = otherSpellings[arch] ?? nearestWord(arch, architectures);
  return [
    finding(resource, [...at, 'arch'], {
      entry: kindCodes.value,
      message: `Nomad knows no architecture "${arch}"`,
      hint: meant === undefined ? `write one of ${architectures.join(', ')}` : `did you mean "${meant}"?`,
    }),
  ];
}

/** Something is left for jobs. */
function checkReserved<S>(
  resource: Resource<S>,
  at: FieldPath,
  { cpu, memory, disks = {}, reserved = {} }: ServerClassSpec,
): readonly Diagnostic[] {
  const diskBytes = Object.values(disks).map((size) => valueOf(sizeBytes(size)) ?? 0);
  const total = {
    cpu: valueOf(frequencyMHz(cpu)),
    memory: valueOf(sizeBytes(memory)),
    disk: diskBytes.length === 0 ? undefined : diskBytes.reduce((sum, bytes) => sum + bytes, 0),
  };
  const kept = {
    cpu: valueOf(frequencyMHz(reserved.cpu)),
    memory: valueOf(sizeBytes(reserved.memory)),
    disk: valueOf(sizeBytes(reserved.disk)),
  };
  return (['cpu', 'memory', 'disk'] as const).flatMap((field) => {
    const [all, some] = [total[field], kept[field]];
    if (all === undefined || some === undefined || some < all) return [];
    const message = `${reserved[field]} of ${field} are reserved, and the machine has no more: nothing is left for jobs`;
    return [finding(resource, [...at, 'reserved', field], { entry: kindCodes.value, message })];
  });
}

/** Of quantities that are none something is said already. */
function valueOf(quantity: Quantity): number | undefined {
  return quantity.ok ? quantity.value : undefined;
}
