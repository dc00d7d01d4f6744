import type { Rules } from '../../../controller/model/environment.ts';
import { sha256Hex } from '../../../controller/model/hash.ts';
import { canonicalJson, prettyJson } from '../../../controller/model/json.ts';
import type { SecretReference, ServerDocument } from '../../../controller/model/payload.ts';
import { secretPlaceholder } from '../../../controller/model/payload.ts';
import type { FileTree, Inventory } from '../../../controller/model/tree.ts';
import { fakeRules } from '../../fakes/rules.ts';

export const gossip: SecretReference = { path: 'kv/consul/gossip', key: 'key' };

export const rules: Rules = fakeRules({
  fleet: 'shop',
  cluster: 'main',
  drift: { mode: 'Alert', afterMs: 0, onStopped: 'Respect' },
});

export interface RenderedServer {
  readonly name: string;
  readonly seal: string | null;
  /** Of the file /etc/motd. */
  readonly motd?: string;
  readonly secrets?: readonly SecretReference[];
  readonly document?: Partial<ServerDocument>;
}

/** A rendered tree with servers and nothing else: each has /etc/motd and a unit that watches it. */
export function renderServers(servers: readonly RenderedServer[]): { tree: FileTree; inventory: Inventory } {
  const tree = new Map<string, Uint8Array>();
  const entries = servers.map((server) => {
    const path = `servers/${server.name}/payload.json`;
    const document = documentOf(server);
    const mentions = (server.secrets ?? []).map(secretPlaceholder).join('\n');
    tree.set(path, Buffer.from(prettyJson(document)));
    tree.set(
      `servers/${server.name}/files/etc/motd.txt`,
      Buffer.from(`${server.motd ?? 'hello'}\n${mentions}`),
    );
    tree.set(`servers/${server.name}/units/motd.service`, Buffer.from('[Service]\nExecStart=/bin/true\n'));
    const source = { path: 'servers.yaml', line: 1 };
    const sha256 = sha256Hex(canonicalJson(document));
    return { kind: 'server' as const, key: server.name, wave: 0, path, sha256, options: {}, source };
  });
  return { tree, inventory: { version: 1, entries } };
}

function documentOf({ name, seal, secrets = [], document }: RenderedServer): ServerDocument {
  const owned = { mode: '0644', owner: 'root', group: 'root' };
  return {
    version: 1,
    server: name,
    environment: 'prod',
    seal,
    address: '127.0.0.1',
    labels: {},
    datacenter: 'dc1',
    state: 'Active',
    groups: [],
    confirmTimeoutMs: 120_000,
    directories: [{ path: '/etc/shop', ...owned, mode: '0755' }],
    files: [
      { path: '/etc/motd', ...owned, content: 'files/etc/motd.txt', secrets, sensitive: false, validate: [] },
    ],
    units: [
      {
        name: 'motd.service',
        content: 'units/motd.service',
        secrets: [],
        enabled: true,
        state: 'Running',
        restartOn: ['/etc/motd'],
        reloadOn: [],
        disruption: 'Restart',
        onFailure: 'Revert',
      },
    ],
    preconditions: [],
    checks: [
      { name: 'up', unit: 'motd.service', timeoutMs: 1000, retries: 0 },
      { name: 'answers', http: 'http://127.0.0.1/', timeoutMs: 1000, retries: 0 },
    ],
    extra: {},
    ...document,
  };
}
