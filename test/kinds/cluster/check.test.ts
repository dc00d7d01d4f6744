import test from 'ava';
import { briefly, findingsOf } from '../../compile/read-case.ts';
import { sourceOf } from '../../compile/source-of.ts';

const version = 'apiVersion: drover.dev/v1alpha1';
const project = `${version}
kind: Project
metadata: {name: acme}
spec: {environments: {demo: {folders: [base], cluster: demo, vars: {connections: 400}}}}
`;
const server = `${version}
kind: Server
metadata: {name: one, labels: {role: quorum}}
spec: {class: {cores: 1, memory: 1Gi}, interfaces: {lan: {address: 10.0.0.1}}}
---
${version}
kind: ServerKey
metadata: {name: one}
spec: {seal: "x25519:5v2m7p0Qb0Yc0w8q0k5T6q2m8l0d9s3f4g5h6j7k8l0="}
`;

function clusterWith(lines: string, kind = 'ConsulCluster'): readonly string[] {
  const text = `${version}
kind: ${kind}
metadata: {name: main}
spec:
  version: 1.20.5
  development: true
  servers: {matchLabels: {role: quorum}}
  ${kind === 'VaultCluster' ? '' : 'clients: {}'}
${lines}
`;
  const files = { 'drover.yaml': project, 'base/server.yaml': server, 'base/cluster.yaml': text };
  return findingsOf(sourceOf(files)).map((found) => `${briefly(found)} ${found.message}`);
}

test('an expression of the cluster’s own words is found at its own place', (t) => {
  const [found, ...others] = clusterWith(
    '  config:\n    limits: {http_max_conns_per_client: "${{ vars.conections }}"}',
  );
  t.regex(found ?? '', /^DRV0402 base\/cluster\.yaml:10:51 /);
  t.deepEqual(others, []);
});

test('an expression that is right says nothing, whatever it gives', (t) => {
  t.deepEqual(
    clusterWith('  config:\n    limits: {http_max_conns_per_client: "${{ vars.connections }}"}'),
    [],
  );
});

test('an expression of an override and of a seal is found as well', (t) => {
  const override = clusterWith('  overrides:\n    - {selector: {}, config: {log_level: "${{ vars.nope }}"}}');
  t.regex(override.join(), /^DRV0402 base\/cluster\.yaml:10:/);
  const seal = clusterWith('  seal: {type: transit, config: {token: "${{ vars.nope }}"}}', 'VaultCluster');
  t.regex(seal.join(), /^DRV0402 base\/cluster\.yaml:9:/);
});

test('clients and overrides that match nobody are told, each where it is said', (t) => {
  const nobody = '{matchLabels: {role: nobody}}';
  t.deepEqual(
    clusterWith(`  overrides:\n    - {selector: ${nobody}, config: {}}`).map((line) => line.slice(0, 32)),
    ['DRV0608 base/cluster.yaml:10:18 '],
  );
});

test('a program that is nowhere on the machine is found by its path', (t) => {
  t.deepEqual(
    clusterWith('  binary: opt/consul').map((line) => line.slice(0, 29)),
    ['DRV0606 base/cluster.yaml:9:1'],
  );
});

test('a secret, a Consul and a Vault that nobody declares are missing references', (t) => {
  const found = clusterWith(
    '  consul: mian\n  vault: {cluster: mian}\n  gossipKey: {secret: mian, key: gossip}',
    'NomadCluster',
  );
  t.deepEqual(
    found.map((line) => line.slice(0, 31)),
    ['DRV0501 base/cluster.yaml:9:11 ', 'DRV0501 base/cluster.yaml:10:20', 'DRV0501 base/cluster.yaml:11:23'],
  );
});

test('fields that are not acted on are told', (t) => {
  const found = clusterWith('  upgrade: {snapshot: false}\n  adopt: {}\n  install: Package');
  t.deepEqual(
    found.map((line) => line.slice(0, 7)),
    ['DRV0610', 'DRV0610', 'DRV0610'],
  );
});
