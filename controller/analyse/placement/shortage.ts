/** Why a client is left out, in the order in which Nomad asks. */
export const shortageKinds = [
  'region',
  'datacenter',
  'node pool',
  'state',
  'constraint',
  'driver',
  'host volume',
  'distinct property',
  'distinct hosts',
  'port',
  'dynamic ports',
  'cores',
  'cpu',
  'memory',
  'disk',
] as const;

export type ShortageKind = (typeof shortageKinds)[number];

/** What a client lacks for one allocation. */
export interface Shortage {
  readonly kind: ShortageKind;
  /** The constraint, the volume, the port: as people read it. */
  readonly what: string;
  /** Of amounts: what is wanted and what the client has. */
  readonly amount?: { readonly wanted: number; readonly offered: number };
}
