import { createServerKeys, type KeyPair } from '../../../controller/apply/l1/create-keys.ts';
import { parseKey } from '../../../controller/model/keys.ts';
import { consulKeys, type Manifest } from '../../../controller/model/payload.ts';
import { decodeValue } from '../../../controller/model/payload-codec.ts';
import type { SentPayload, ServerState, ServerStatus } from '../../../controller/model/server-status.ts';
import { fetchPayload } from '../../../controller/node/payload/fetch-payload.ts';
import { type OpenResult, openPayload } from '../../../controller/node/payload/open-payload.ts';
import type { Clock } from '../../../controller/ports/clock.ts';
import type { FleetObserver } from '../../../controller/ports/fleet-observer.ts';
import type { KeyValue } from '../../../controller/ports/kv.ts';

const signal = AbortSignal.timeout(60_000);

interface SimulatedServer {
  readonly keys: KeyPair;
  manifest: Manifest | undefined;
  contents: ReadonlyMap<string, Uint8Array>;
  state: ServerState;
  appliedAt: number;
}

export interface SimulatedFleet extends FleetObserver {
  seal(name: string): string;
  /** The server reads its key, verifies as the agent does, and takes what it finds. */
  take(name: string, state?: ServerState): Promise<OpenResult | undefined>;
  setState(name: string, state: ServerState): void;
  server(name: string): SimulatedServer;
  /** How often each server really changed. */
  readonly applied: readonly string[];
}

/** Servers in memory that open payloads with the agent's own code. */
export async function simulateFleet(
  names: readonly string[],
  ports: { kv: KeyValue; clock: Clock; trustedKey: string },
): Promise<SimulatedFleet> {
  const servers = new Map<string, SimulatedServer>();
  for (const name of names) {
    const keys = await createServerKeys();
    servers.set(name, { keys, manifest: undefined, contents: new Map(), state: 'pending', appliedAt: 0 });
  }
  const applied: string[] = [];
  const server = (name: string) => {
    const found = servers.get(name);
    if (found === undefined) throw new Error(`no server ${name}`);
    return found;
  };

  async function open(name: string): Promise<OpenResult | undefined> {
    const { keys, manifest } = server(name);
    const entry = await ports.kv.get(consulKeys.payload('prod', name), signal);
    if (entry === undefined || entry.value.length === 0) return undefined;
    const fetched = await fetchPayload(entry.value, { environment: 'prod', server: name }, ports, signal);
    if (!('fetched' in fetched)) throw new Error(`${name} can't fetch: ${JSON.stringify(fetched)}`);
    const publicKey = parseKey('x25519', keys.publicKey) ?? new Uint8Array();
    const secretKey = parseKey('x25519-secret', keys.secretKey) ?? new Uint8Array();
    return openPayload(fetched.fetched.header, fetched.fetched.sealed, {
      fleet: 'shop',
      environment: 'prod',
      server: name,
      keys: [{ name: keys.publicKey, publicKey, secretKey }],
      trustedKeys: [ports.trustedKey],
      policy: { root: '/', allow: { paths: ['/etc', '/opt'], units: ['*'] }, ownPaths: [] },
      last: manifest,
      newestIssuedAt: manifest?.issuedAt ?? 0,
      now: ports.clock.now(),
    });
  }

  return {
    applied,
    server,
    seal: (name) => server(name).keys.publicKey,
    setState: (name, state) => {
      server(name).state = state;
    },
    async take(name, state = 'converged') {
      const result = await open(name);
      if (result !== undefined && 'opened' in result) {
        const target = server(name);
        const { manifest, contents } = result.opened;
        if (target.manifest?.hash !== manifest.hash) applied.push(name);
        Object.assign(target, { manifest, contents, state, appliedAt: ports.clock.now() });
      }
      return result;
    },
    async observe({ servers: asked }) {
      const statuses = asked.map(({ server: name, sent }): ServerStatus => {
        const target = server(name);
        const state = shownState(target, sent);
        const applied = target.appliedAt > 0 ? { appliedAt: target.appliedAt } : {};
        return { server: name, state, message: `is ${state}`, hash: sent?.hash ?? '', ...applied };
      });
      return new Map(statuses.map((status) => [status.server, status]));
    },
  };
}

function shownState({ manifest, state }: SimulatedServer, sent: SentPayload | undefined): ServerState {
  if (state === 'silent') return 'silent';
  if (sent === undefined) return 'pending';
  return manifest?.hash === sent.hash && manifest.attempt === sent.attempt ? state : 'sent';
}

/** The header in a server's key. */
export async function headerOf(kv: KeyValue, name: string) {
  const entry = await kv.get(consulKeys.payload('prod', name), signal);
  return entry === undefined ? undefined : decodeValue(entry.value)?.header;
}
