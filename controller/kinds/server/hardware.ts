import type { ServerClassSpec } from '../../kinds/server-class/schema.ts';
import { frequencyMHz, quantityOr, sizeBytes } from '../quantity.ts';

export interface Hardware {
  readonly cores: number;
  /** Of all cores together, as Nomad counts it; absent when the class does not say it. */
  readonly cpuMHz: number | undefined;
  readonly memoryMiB: number;
  readonly arch: string;
  /** Of all disks together, so that no job can ever have more; absent when the class lists none. */
  readonly diskMiB: number | undefined;
}

/** What jobs do not get. */
export interface Reserved {
  readonly cpuMHz: number;
  readonly memoryMiB: number;
  readonly diskMiB: number;
}

/** Whole MiB of a size, rounded down; the fallback where none is written. */
export function sizeMiB(size: string | undefined, fallback = 0): number {
  return size === undefined ? fallback : Math.floor(quantityOr(sizeBytes, size, 0) / 1024 ** 2);
}

export function hardwareOf(spec: ServerClassSpec): Hardware {
  const { cores, cpu, memory, arch = 'amd64', disks = {} } = spec;
  const sizes = Object.values(disks).map((size) => sizeMiB(size));
  return {
    cores,
    cpuMHz: cpu === undefined ? undefined : quantityOr(frequencyMHz, cpu, 0),
    memoryMiB: sizeMiB(memory),
    arch,
    diskMiB: sizes.length === 0 ? undefined : sizes.reduce((sum, size) => sum + size, 0),
  };
}

export function reservedOf(reserved: ServerClassSpec['reserved']): Reserved {
  return {
    cpuMHz: quantityOr(frequencyMHz, reserved?.cpu, 0),
    memoryMiB: sizeMiB(reserved?.memory),
    diskMiB: sizeMiB(reserved?.disk),
  };
}
