/** One Nomad client as far as the definitions say it. What they don't say is unknown, and nothing is claimed of it. */
export interface PlacementNode {
  readonly name: string;
  readonly region: string;
  readonly datacenter: string;
  readonly nodePool: string;
  readonly nodeClass: string;
  /** Not cordoned, draining or in maintenance. */
  readonly isEligible: boolean;
  /** A rack, a zone; what fails together. */
  readonly failureDomain: string | undefined;
  /** Complete, but for Nomad's own `connect.…`. */
  readonly meta: Readonly<Record<string, string>>;
  /** What is certain; others may exist. */
  readonly attributes: Readonly<Record<string, string>>;
  /** After what is reserved; `undefined` is unknown. */
  readonly cpuMHz: number | undefined;
  readonly cores: number | undefined;
  readonly memoryMiB: number | undefined;
  readonly diskMiB: number | undefined;
  readonly hostVolumes: Readonly<Record<string, { readonly readOnly: boolean; readonly dynamic: boolean }>>;
  /** Addresses of the interface that Nomad uses. On each of them it gives a static port away once. */
  readonly addressCount: number;
  readonly reservedPorts: ReadonlySet<number>;
  readonly dynamicPorts: { readonly min: number; readonly max: number };
  /** Drivers that are certainly there and certainly not there; others are unknown. */
  readonly drivers: Readonly<Record<string, boolean>>;
}

/** What allocations on a client have taken of it. */
export interface Occupancy {
  readonly cpuMHz: number;
  readonly cores: number;
  readonly memoryMiB: number;
  readonly diskMiB: number;
  /** How often a static port is taken. */
  readonly ports: ReadonlyMap<number, number>;
  readonly dynamicPorts: number;
}

export const unoccupied: Occupancy = {
  cpuMHz: 0,
  cores: 0,
  memoryMiB: 0,
  diskMiB: 0,
  ports: new Map(),
  dynamicPorts: 0,
};
