import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

// Below the kernel's range for outgoing connections (32768 up) and Nomad's for dynamic ports (20000 to 32000), so that nobody
// takes a port while its server restarts.
const lowest = 10_000;
const highest = 19_999;
const attempts = 200;

const handedOut = new Set<number>();

/** Whether nobody listens there now. */
export function isFreePort(address: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ host: address, port, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/** Ports that nobody listens on at that address now, and that this process hands out once only. */
export async function findFreePorts(address: string, count: number): Promise<readonly number[]> {
  const ports: number[] = [];
  for (let attempt = 0; ports.length < count; attempt += 1) {
    if (attempt > attempts + count) throw new Error(`no ${count} free ports on ${address}`);
    const port = randomInt(lowest, highest + 1);
    if (handedOut.has(port)) continue;
    handedOut.add(port);
    if (await isFreePort(address, port)) ports.push(port);
  }
  return ports;
}
