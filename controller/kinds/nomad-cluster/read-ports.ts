import type { Json } from '../../model/json.ts';

const maxPort = 65_535;

/** The ports of `22,80,8500-8600`, as Nomad reads them; what is no port is left out. */
export function readPorts(written: Json | undefined): ReadonlySet<number> {
  const ports = new Set<number>();
  const parts = typeof written === 'string' || typeof written === 'number' ? String(written).split(',') : [];
  for (const part of parts) {
    const match = /^\s*(\d{1,5})(?:\s*-\s*(\d{1,5}))?\s*$/.exec(part);
    if (match === null) continue;
    const first = Number(match[1]);
    const last = Math.min(Number(match[2] ?? first), maxPort);
    for (let port = first; port <= last; port++) ports.add(port);
  }
  return ports;
}
