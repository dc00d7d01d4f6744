import test from 'ava';
import { agentJson, fakeCluster, machineOf, quorumServers } from '../cluster/cluster-fleet.ts';

const path = '/etc/vault.d/vault.json';

function fleetOf(more: object = {}) {
  return { resources: [...quorumServers, fakeCluster('VaultCluster', more)] };
}

test('each member joins the others, not itself', (t) => {
  t.like(agentJson(fleetOf(), 'q-2', path), {
    api_addr: 'http://10.0.0.2:8200',
    storage: {
      raft: {
        node_id: 'q-2',
        retry_join: [
          { leader_api_addr: 'http://10.0.0.1:8200' },
          { leader_api_addr: 'http://10.0.0.3:8200' },
        ],
      },
    },
  });
});

test('an address of the user’s own is what the others are told', (t) => {
  const config = { api_addr: 'https://${{ server.name }}.vault.example' };
  t.like(agentJson(fleetOf({ config }), 'q-1', path), {
    storage: {
      raft: {
        retry_join: [
          { leader_api_addr: 'https://q-2.vault.example' },
          { leader_api_addr: 'https://q-3.vault.example' },
        ],
      },
    },
  });
});

test('a transit seal has a mount, because Vault refuses one without', (t) => {
  const seal = { type: 'transit', config: { key_name: 'unseal' } };
  t.like(agentJson(fleetOf({ seal }), 'q-1', path), {
    seal: { transit: { key_name: 'unseal', mount_path: 'transit/' } },
  });
  const other = { type: 'transit', config: { key_name: 'unseal', mount_path: 'seals/' } };
  t.like(agentJson(fleetOf({ seal: other }), 'q-1', path), { seal: { transit: { mount_path: 'seals/' } } });
});

test('a Vault that people open may be sealed after a start, one that opens itself may not', (t) => {
  const urlOf = (more: object) =>
    machineOf(fleetOf(more), 'q-1').config?.spec.checks?.['vault-answers']?.http;
  t.true(urlOf({})?.includes('sealedcode=200'));
  t.false(urlOf({ seal: { type: 'awskms' } })?.includes('sealedcode=200'));
});

test('with an authority the listener has certificates, and members know each other by it', (t) => {
  const config = agentJson(fleetOf({ tls: { ca: { secret: 'vault', key: 'ca' } } }), 'q-1', path);
  t.like(config, {
    api_addr: 'https://10.0.0.1:8200',
    listener: { tcp: { tls_cert_file: '/etc/vault.d/tls/cert.pem' } },
  });
  t.true(JSON.stringify(config).includes('"leader_ca_cert_file":"/etc/vault.d/tls/ca.pem"'));
  t.false(JSON.stringify(config).includes('tls_disable'));
});
