import { availableParallelism, userInfo } from 'node:os';

const version = 'apiVersion: drover.dev/v1alpha1';

export interface QuorumFleet {
  /** Of the three servers, then of the client. */
  readonly addresses: readonly string[];
  readonly binaries: Readonly<Record<'consul' | 'nomad' | 'vault', string>>;
  readonly sealAddress: string;
  /** The folder of the client's volume. */
  readonly volume: string;
  /** The certificate of Vault's own authority, which Vault itself can't bring. */
  readonly vaultAuthority: string;
  readonly logLevel: string;
}

export const quorumServers = ['q-1', 'q-2', 'q-3'] as const;

/** Three servers and a client with all three programs: certificates, gossip keys, ACLs, a seal, as the sample fleet has them. */
export function quorumDefinitions(fleet: QuorumFleet): string {
  return [secretsOf(), site(fleet), consul(fleet), vault(fleet), nomad(fleet)].join('---\n');
}

function secretsOf(): string {
  return `${version}
kind: VaultMount
metadata: {name: kv}
spec: {type: kv, options: {version: "2"}}
---
${version}
kind: VaultSecret
metadata: {name: consul-bootstrap}
spec:
  path: kv/consul
  keys:
    gossip: {generate: {bytes: 32, encoding: base64}}
    ca: {external: {owner: ops, from: consul tls ca create}}
    management: {external: {owner: ops, from: uuidgen}}
---
${version}
kind: VaultSecret
metadata: {name: nomad-bootstrap}
spec:
  path: kv/nomad
  keys:
    gossip: {generate: {bytes: 32, encoding: base64}}
    ca: {external: {owner: ops, from: nomad tls ca create}}
---
${version}
kind: VaultSecret
metadata: {name: vault-bootstrap}
spec: {path: kv/vault, keys: {ca: {external: {owner: ops, from: the authority of the house}}}}
`;
}

function site({ addresses, volume }: QuorumFleet): string {
  const servers = addresses.map((address, index) => {
    const isClient = index >= quorumServers.length;
    const name = isClient ? 'c-1' : quorumServers[index];
    const volumes = isClient ? `, volumes: {data: {path: ${volume}, access: OneWriter}}` : '';
    return `---
${version}
kind: Server
metadata: {name: ${name}, labels: {role: ${isClient ? 'client' : 'quorum'}}}
spec: {class: tiny, datacenter: fsn1, failureDomain: rack-${index}, interfaces: {lo: {address: ${address}}}${volumes}}
`;
  });
  return `${version}
kind: Datacenter
metadata: {name: fsn1}
spec: {failureDomains: [rack-0, rack-1, rack-2, rack-3]}
---
${version}
kind: ServerClass
metadata: {name: tiny}
spec: {cores: ${availableParallelism()}, memory: 1Gi, arch: ${process.arch === 'x64' ? 'amd64' : process.arch}}
${servers.join('')}`;
}

function consul({ binaries, logLevel }: QuorumFleet): string {
  const token = '${{ secret("consul-bootstrap", "management") }}';
  return `${version}
kind: ConsulCluster
metadata: {name: main}
spec:
  version: 1.20.5
  binary: ${binaries.consul}
  user: ${userInfo().username}
  datacenter: fsn1
  servers: {matchLabels: {role: quorum}}
  clients: {}
  gossipKey: {secret: consul-bootstrap, key: gossip}
  tls: {ca: {secret: consul-bootstrap, key: ca}}
  acl: {defaultPolicy: deny}
  config:
    client_addr: "\${{ server.address }}"
    disable_update_check: true
    performance: {raft_multiplier: 1}
    log_level: ${logLevel}
    acl: {tokens: {initial_management: '${token}', agent: '${token}'}}
`;
}

function vault({ binaries, sealAddress, vaultAuthority, logLevel }: QuorumFleet): string {
  return `${version}
kind: VaultCluster
metadata: {name: main}
spec:
  version: 1.21.2
  binary: ${binaries.vault}
  user: ${userInfo().username}
  servers: {matchLabels: {role: quorum}}
  tls: {ca: {secret: vault-bootstrap, key: ca}}
  seal: {type: transit, config: {address: "${sealAddress}", key_name: autounseal}}
  config: {log_level: ${logLevel.toLowerCase()}}
---
${version}
kind: MachineConfig
metadata: {name: vault-authority}
spec:
  priority: 60
  selector: {matchLabels: {role: quorum}}
  files:
    /etc/vault.d/tls/ca.pem: {content: ${JSON.stringify(vaultAuthority)}}
`;
}

function nomad({ binaries, logLevel }: QuorumFleet): string {
  return `${version}
kind: NomadCluster
metadata: {name: main}
spec:
  version: 1.11.3
  binary: ${binaries.nomad}
  user: ${userInfo().username}
  servers: {matchLabels: {role: quorum}}
  clients: {matchLabels: {role: client}}
  consul: main
  vault: {cluster: main}
  gossipKey: {secret: nomad-bootstrap, key: gossip}
  tls: {ca: {secret: nomad-bootstrap, key: ca}}
  scheduler: {memoryOversubscription: true}
  plugins: {raw_exec: {enabled: true}}
  serverConfig: {raft_multiplier: 1}
  clientConfig:
    network_interface: lo
    options: {fingerprint.denylist: "env_aws,env_gce,env_azure,env_digitalocean"}
  config:
    disable_update_check: true
    log_level: ${logLevel}
    consul: {token: '\${{ secret("consul-bootstrap", "management") }}'}
`;
}
