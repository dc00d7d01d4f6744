import test from 'ava';
import { buildManifest } from '../../../controller/apply/l1/build-manifest.ts';
import type { ServerDocument, UnitSpec } from '../../../controller/model/payload.ts';

const document: ServerDocument = {
  version: 1,
  server: 'web-1',
  environment: 'dev',
  seal: null,
  address: '10.0.0.1',
  labels: {},
  datacenter: 'dc1',
  state: 'Active',
  groups: [],
  confirmTimeoutMs: 1000,
  directories: [],
  files: [],
  units: [],
  preconditions: [],
  checks: [],
  extra: {},
};
const unit = (name: string, secrets: UnitSpec['secrets']): UnitSpec => ({
  name,
  content: `files/${name}`,
  secrets,
  enabled: true,
  state: 'Running',
  restartOn: [],
  reloadOn: [],
  disruption: 'Restart',
  onFailure: 'Revert',
});
const issue = {
  fleet: 'shop',
  order: { epoch: 1, sequence: 1, issue: 1 },
  attempt: 0,
  revision: 'a'.repeat(40),
  hash: 'b'.repeat(64),
  issuedAt: 1,
  notAfter: 2,
  recipient: 'x25519:',
};

test('a unit file with a secret in it is sensitive, any other says nothing of it', (t) => {
  const units = [unit('a.service', [{ path: 'kv/a', key: 'k' }]), unit('b.service', [])];
  const contents = new Map([
    ['files/a.service', Buffer.from('a')],
    ['files/b.service', Buffer.from('b')],
  ]);
  const server = { document, files: [], units, checks: [], waiting: [], contents };
  const { manifest } = buildManifest(server, issue);
  t.deepEqual(
    manifest.units.map(({ name, sensitive }) => [name, sensitive]),
    [
      ['a.service', true],
      ['b.service', undefined],
    ],
  );
});
