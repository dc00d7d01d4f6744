import test from 'ava';
import { vaultEnabled } from '../../../controller/analyse/secrets/vault-enabled.ts';
import { kinds } from '../../../controller/kinds/index.ts';
import type { JsonObject } from '../../../controller/model/json.ts';
import { fakeFleet } from '../../fakes/fleet.ts';

const json = {
  ID: 'web',
  TaskGroups: [{ Name: 'web', Tasks: [{ Name: 'web', Vault: {} }] }],
};
const job = { kind: 'NomadJob', name: 'web', namespace: 'default', spec: { json } } as const;
const cluster = (spec: JsonObject) => ({ kind: 'NomadCluster' as const, name: 'main', spec });

function codes(...others: Parameters<typeof fakeFleet>[0]['resources']): readonly string[] {
  return vaultEnabled(fakeFleet({ resources: [job, ...others] }), kinds).map(({ code }) => code);
}

test('a job wants a token, and the cluster names no Vault', (t) => {
  t.deepEqual(codes(cluster({})), ['DRV0833']);
});

test('nothing is said where the definitions do not tell what Nomad knows', (t) => {
  t.deepEqual(codes(), []);
  t.deepEqual(codes(cluster({ vault: { cluster: 'main' } })), []);
  t.deepEqual(codes(cluster({ config: { vault: { enabled: true } } })), []);
  t.deepEqual(codes(cluster({}), cluster({ vault: { cluster: 'main' } })), []);
  const file = { path: '/etc/nomad.d/vault.hcl', text: 'vault { enabled = true }' };
  t.deepEqual(codes(cluster({}), { kind: 'MachineConfig', name: 'x', spec: { files: [file] } }), []);
});
