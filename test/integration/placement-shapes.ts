/** How a client of the agreement test is made: what its configuration says, and so what the simulation knows of it. */
export interface ClientShape {
  readonly name: string;
  readonly datacenter: string;
  readonly nodePool: string;
  readonly nodeClass: string;
  readonly meta: Readonly<Record<string, string>>;
  readonly cpuMHz: number;
  readonly memoryMiB: number;
  readonly reservedMemoryMiB: number;
  readonly diskMiB: number;
  readonly hostVolumes: Readonly<Record<string, { readonly readOnly: boolean }>>;
  readonly reservedPorts: string;
  readonly dynamicPorts: { readonly min: number; readonly max: number };
  readonly hasRawExec: boolean;
  /** A `client` block as Drover renders it, instead of one that says the same. */
  readonly rendered?: Readonly<Record<string, unknown>>;
}

const racks = ['a', 'b', 'c'] as const;
const classes = ['small', 'large', 'storage', ''] as const;
const pools = ['default', 'default', 'default', 'gpu', 'edge'] as const;
const datacenters = ['fsn1', 'fsn1', 'nbg1', 'hel1'] as const;

function at<T>(items: readonly T[], index: number): T {
  const item = items[index % items.length];
  if (item === undefined) throw new Error('an empty list');
  return item;
}

/** Clients of varied shape, the same ones each time. */
export function clientShapes(count: number): readonly ClientShape[] {
  return Array.from({ length: count }, (_, index) => clientShape(index));
}

function clientShape(index: number): ClientShape {
  return {
    name: `client-${String(index + 1).padStart(2, '0')}`,
    datacenter: at(datacenters, index),
    nodePool: at(pools, index * 2 + Math.floor(index / 5)),
    nodeClass: at(classes, index),
    meta: metaOf(index),
    cpuMHz: 2000 + 2000 * (index % 5),
    memoryMiB: 2048 * (1 + (index % 4)),
    reservedMemoryMiB: index % 3 === 0 ? 512 : 0,
    diskMiB: 5000 + 5000 * (index % 3),
    hostVolumes: volumesOf(index),
    reservedPorts: index % 6 === 0 ? '80,443,9000-9010' : '',
    dynamicPorts: { min: 20_000 + index * 100, max: 20_000 + index * 100 + (index % 7 === 0 ? 1 : 99) },
    hasRawExec: index % 8 !== 7,
  };
}

function metaOf(index: number): Readonly<Record<string, string>> {
  return {
    rack: at(racks, index),
    slots: String(index * 3),
    version: `1.${index % 6}.${index % 3}`,
    ...(index % 2 === 0 ? { disks: 'ssd, nvme' } : { disks: 'hdd,ssd' }),
    ...(index % 5 === 0 ? { gateway: 'yes' } : {}),
  };
}

function volumesOf(index: number): ClientShape['hostVolumes'] {
  return {
    ...(index % 3 === 0 ? { data: { readOnly: false } } : {}),
    ...(index % 2 === 0 ? { logs: { readOnly: true } } : {}),
    ...(index % 11 === 5 ? { logs: { readOnly: false } } : {}),
  };
}
