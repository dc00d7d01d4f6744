import type { ServerSpec } from './schema.ts';

/**
 * The address that others reach a server at, without a prefix length: that of the interface with `advertise: true`, else of
 * the first by name that is not `advertise: false`. None when there is no such interface.
 */
export function serverAddress(spec: Pick<ServerSpec, 'interfaces'>): string | undefined {
  const names = Object.keys(spec.interfaces).sort();
  const chosen =
    names.find((name) => spec.interfaces[name]?.advertise === true) ??
    names.find((name) => spec.interfaces[name]?.advertise !== false);
  return chosen === undefined ? undefined : plainAddress(spec.interfaces[chosen]?.address ?? '');
}

/** `10.20.0.11` of `10.20.0.11/16`. */
export function plainAddress(address: string): string {
  return address.split('/')[0] ?? '';
}

/** The 16 of `10.20.0.11/16`; none when there is none, or when it is no number. */
export function prefixLength(address: string): number | undefined {
  const match = /^[^/]*\/(\d{1,3})$/.exec(address);
  return match === null ? undefined : Number(match[1]);
}
