import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/** Ports that Nomad clients take on each server's own address. */
const neededPorts = [4646, 4647, 4648];

/** The first three numbers of loopback addresses `.11` and up on which nobody listens at the ports that servers need. */
export async function findSubnet(servers: number): Promise<string> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const subnet = `127.${randomInt(16, 200)}.${randomInt(1, 250)}`;
    const addresses = Array.from({ length: servers }, (_, index) => `${subnet}.${11 + index}`);
    const free = await Promise.all(
      addresses.flatMap((host) => neededPorts.map((port) => isFree(host, port))),
    );
    if (free.every(Boolean)) return subnet;
  }
  throw new Error('no free loopback addresses were found');
}

function isFree(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(true)));
  });
}
