import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import { type Consul, createConsul } from '../../controller/adapters/consul/index.ts';
import { createVault, type Vault } from '../../controller/adapters/vault/index.ts';
import type { WavePorts } from '../../controller/apply/l2/target.ts';
import { ownFolder, runDrover } from '../cli/run-drover.ts';
import { compareImport, compilePorts, differing } from './compare-import.ts';
import { type RealConsul, startRealConsul } from './real-consul.ts';
import { type RealVault, startRealVault } from './real-vault.ts';

const signal = AbortSignal.timeout(110_000);
const root = path.join(import.meta.dirname, '../../manifests/install');
let consulServer: RealConsul;
let vaultServer: RealVault;
let consul: Consul;
let vault: Vault;
let live: Partial<WavePorts>;
let environment: Readonly<Record<string, string>>;
let accessor = '';

/** No HCL job is among these. */
const compile = compilePorts({ version: async () => '1.11.3', parse: async () => ({ ok: true, job: {} }) });

test.before(async () => {
  [consulServer, vaultServer] = await Promise.all([startRealConsul(), startRealVault()]);
  const [consulRules = '', vaultRules = ''] = await Promise.all(
    ['consul/import.hcl', 'vault/import.hcl'].map((file) => readFile(path.join(root, file), 'utf8')),
  );
  environment = {
    CONSUL_HTTP_TOKEN: await consulServer.createToken(consulRules),
    VAULT_TOKEN: await vaultServer.createToken(vaultRules),
  };
  consul = createConsul({ address: consulServer.address, token: consulServer.token, timeoutMs: 5000 });
  vault = createVault({ address: vaultServer.address, token: vaultServer.token });
  const { kv, configEntries, aclPolicies } = consul;
  const { mounts, auths, policies, roles } = vault;
  live = { kv, configEntries, consulAclPolicies: aclPolicies, mounts, auths, policies, roles };
  await fillConsul();
  await fillVault();
});
test.after.always(async () => {
  consul?.close();
  vault?.close();
  await Promise.all([consulServer?.stop(), vaultServer?.stop()]);
});

async function fillConsul(): Promise<void> {
  const bytes = (text: string) => new TextEncoder().encode(text);
  const values: Readonly<Record<string, Uint8Array>> = {
    'shop/flags': bytes('{"newCheckout": false}'),
    'shop/empty': bytes(''),
    'shop/banner': bytes('yes'),
    'shop/lines': bytes('# a file\n\ttabs: ${{ kept }}\n  spaces \n'),
    'shop/long': bytes('line of a long value\n'.repeat(60)),
    'shop/db/password': bytes('hunter2'),
    'shop/url': bytes('postgres://shop:verysecret@db/shop'),
    'shop/binary': new Uint8Array([0, 255, 254, 1]),
    'shop/with space': bytes('x'),
    'state/leader': bytes('x'),
  };
  for (const [key, value] of Object.entries(values)) {
    await consul.kv.transact([{ verb: 'set', key, value }], signal);
  }
  const entries: readonly Readonly<Record<string, unknown>>[] = [
    { Kind: 'proxy-defaults', Name: 'global', Config: { protocol: 'http' } },
    { Kind: 'service-defaults', Name: 'web', Protocol: 'http', Meta: { team: 'shop' } },
    {
      Kind: 'service-resolver',
      Name: 'web',
      DefaultSubset: 'v1',
      Subsets: { v1: { Filter: 'Service.Meta.version == 1' }, v2: { OnlyPassing: true } },
      ConnectTimeout: '5s',
    },
    {
      Kind: 'service-splitter',
      Name: 'web',
      Splits: [
        { Weight: 90, ServiceSubset: 'v1' },
        { Weight: 10, ServiceSubset: 'v2' },
      ],
    },
    {
      Kind: 'service-intentions',
      Name: 'web',
      Sources: [
        { Name: 'front', Action: 'allow' },
        { Name: 'back', Permissions: [{ Action: 'deny', HTTP: { PathPrefix: '/admin' } }] },
      ],
    },
    { Kind: 'mesh', TransparentProxy: { MeshDestinationsOnly: true } },
  ];
  for (const entry of entries) await consulServer.request('PUT', 'config', entry);
  await consulServer.request('PUT', 'acl/policy', {
    Name: 'Shop_Web',
    Description: 'what the shop reads',
    Rules: 'key_prefix "shop/" {\n  policy = "read"\n}\n',
    Datacenters: ['dc1'],
  });
}

async function fillVault(): Promise<void> {
  const send = (place: string, body: object) => vaultServer.request('POST', place, body);
  await send('sys/mounts/kv', { type: 'kv', options: { version: '2' }, description: 'of all teams' });
  await send('sys/mounts/pki/shop', { type: 'pki', config: { max_lease_ttl: '87600h' } });
  await send('sys/mounts/transit', { type: 'transit' });
  await send('kv/data/shop/db', { data: { password: 'hunter2' } });
  await send('kv/data/shop/mail/smtp', { data: { password: 'hunter2' } });
  await send('sys/auth/jwt-nomad', { type: 'jwt', description: 'workloads' });
  const key = await vaultServer.request('POST', 'transit/keys/signing', { type: 'ecdsa-p256' });
  const keys = (key['data'] as { keys: Record<string, { public_key: string }> }).keys;
  await send('auth/jwt-nomad/config', {
    jwt_validation_pubkeys: [keys['1']?.public_key ?? ''],
    default_role: 'workloads',
  });
  await send('sys/auth/approle', { type: 'approle' });
  const mounted = await vaultServer.request('GET', 'sys/auth');
  accessor = (mounted['jwt-nomad/'] as { accessor: string }).accessor;
  await send('sys/policies/acl/workloads', {
    policy: `path "kv/data/{{identity.entity.aliases.${accessor}.metadata.nomad_namespace}}/*" {\n  capabilities = ["read"]\n}\n`,
  });
  await send('auth/jwt-nomad/role/workloads', {
    role_type: 'jwt',
    bound_audiences: ['vault.io'],
    bound_claims: { nomad_namespace: 'shop' },
    user_claim: '/nomad_job_id',
    user_claim_json_pointer: true,
    claim_mappings: { nomad_namespace: 'nomad_namespace', nomad_job_id: 'nomad_job_id' },
    token_policies: ['workloads'],
    token_type: 'service',
    token_period: '45m',
  });
  await send('auth/jwt-nomad/role/batch', {
    role_type: 'jwt',
    bound_audiences: ['vault.io', 'other'],
    bound_claims_type: 'glob',
    bound_claims: { nomad_job_id: ['report-*', 'audit'] },
    user_claim: 'sub',
    token_policies: ['workloads', 'default'],
    token_type: 'batch',
    token_ttl: '20m',
    token_num_uses: 0,
  });
}

async function importInto(folder: string) {
  const addresses = ['--consul', consulServer.address, '--vault', vaultServer.address];
  const env = { ...environment, XDG_CACHE_HOME: `${folder}/.drover` };
  return runDrover(
    ['import', folder, ...addresses, '--kv-prefix', 'shop', '--report', `${folder}/report.md`],
    { env },
  );
}

const taken = [
  'consul-acl-policy:Shop_Web',
  'consul-config-entry:mesh/mesh',
  'consul-config-entry:proxy-defaults/global',
  'consul-config-entry:service-defaults/web',
  'consul-config-entry:service-intentions/web',
  'consul-config-entry:service-resolver/web',
  'consul-config-entry:service-splitter/web',
  'consul-key:shop/banner',
  'consul-key:shop/empty',
  'consul-key:shop/flags',
  'consul-key:shop/lines',
  'consul-key:shop/long',
  'vault-auth:approle',
  'vault-auth:jwt-nomad',
  'vault-mount:kv',
  'vault-mount:pki/shop',
  'vault-mount:secret',
  'vault-mount:transit',
  'vault-policy:workloads',
  'vault-role:jwt-nomad/batch',
  'vault-role:jwt-nomad/workloads',
];

test.serial('objects of Consul and Vault become definitions with nothing to do', async (t) => {
  const folder = await ownFolder(t);
  const { exitCode, out, err } = await importInto(folder);
  t.is(exitCode, 0, `${out}${err}`);
  const found = await compareImport(folder, { compile, live }, signal);
  t.deepEqual(differing(found), []);
  const units = found.map(({ unit }) => unit).filter((unit) => !/test-/.test(unit));
  t.deepEqual(units.toSorted(), taken, out);
  t.regex(out, /Consul key shop\/db\/password: its value looks like a secret/);
  t.regex(out, /Consul key shop\/url: its value looks like a secret/);
  t.regex(out, /Consul key shop\/binary: its value is binary/);
  t.regex(out, /Consul key shop\/with space: DRV\d+ /);
  t.regex(out, /Consul keys below state\/: not asked for: --kv-prefix state\//);
  t.regex(out, /secret kv\/shop\/mail\/smtp: secrets are never read/);
});

test.serial('no secret is in any file, and the report has definitions to begin with', async (t) => {
  const folder = await ownFolder(t);
  await importInto(folder);
  const report = await readFile(`${folder}/report.md`, 'utf8');
  t.regex(report, /kind: VaultSecret\nmetadata:\n {2}name: shop-db\nspec:\n {2}path: kv\/shop\/db\n/);
  const names = ['consul/keys.yaml', 'vault/policies.yaml', 'vault/auth-methods.yaml', 'vault/roles.yaml'];
  const read = (name: string) => readFile(path.join(folder, 'environments/dev', name), 'utf8');
  const all = `${report}${(await Promise.all(names.map(read))).join('')}`;
  t.notRegex(all, /hunter2|verysecret/);
  t.false(all.includes(accessor), 'a new Vault would have another accessor');
  t.true(all.includes("${{ accessor('jwt-nomad') }}"));
});

const edits = [
  ['consul/keys.yaml', '{"newCheckout": false}', '{"newCheckout": true}', 'consul-key:shop/flags'],
  ['consul/config-entries.yaml', 'version == 1', 'version == 3', 'consul-config-entry:service-resolver/web'],
  [
    'consul/config-entries.yaml',
    'ConnectTimeout: 5s',
    'ConnectTimeout: 6s',
    'consul-config-entry:service-resolver/web',
  ],
  ['consul/config-entries.yaml', 'team: shop', 'team: x', 'consul-config-entry:service-defaults/web'],
  ['consul/config-entries.yaml', '/admin', '/root', 'consul-config-entry:service-intentions/web'],
  ['consul/acl-policies.yaml', 'what the shop reads', 'words', 'consul-acl-policy:Shop_Web'],
  ['vault/mounts.yaml', 'of all teams', 'of some', 'vault-mount:kv'],
  ['vault/mounts.yaml', 'max_lease_ttl: 315360000', 'max_lease_ttl: 1000', 'vault-mount:pki/shop'],
  ['vault/auth-methods.yaml', 'default_role: workloads', 'default_role: batch', 'vault-auth:jwt-nomad'],
  [
    'vault/policies.yaml',
    '.metadata.nomad_namespace}}',
    '.metadata.nomad_job_id}}',
    'vault-policy:workloads',
  ],
  ['vault/roles.yaml', '45m', '46m', 'vault-role:jwt-nomad/workloads'],
  ['vault/roles.yaml', 'report-*', 'other-*', 'vault-role:jwt-nomad/batch'],
] as const;

test.serial('a field that is changed afterwards is one thing to do', async (t) => {
  const folder = await ownFolder(t);
  t.is((await importInto(folder)).exitCode, 0);
  for (const [file, from, to, unit] of edits) {
    const name = path.join(folder, 'environments/dev', file);
    const text = await readFile(name, 'utf8');
    t.true(text.includes(from), `${file}: ${from}\n${text}`);
    await writeFile(
      name,
      text.replace(from, () => to),
    );
    const found = differing(await compareImport(folder, { compile, live }, signal));
    await writeFile(name, text);
    t.deepEqual(
      found.map((finding) => finding.unit),
      [unit],
      to,
    );
  }
});

test.serial('without rights each part is left out with the right that it needs', async (t) => {
  const folder = await ownFolder(t);
  const env = { CONSUL_HTTP_TOKEN: environment['CONSUL_HTTP_TOKEN'] ?? '', VAULT_TOKEN: 'unknown' };
  const { exitCode, out } = await runDrover(
    ['import', folder, '--consul', consulServer.address, '--vault', vaultServer.address],
    { env },
  );
  t.is(exitCode, 0);
  t.regex(out, /all Vault mounts: .*the token needs path "sys\/mounts"/);
  t.regex(out, /6 {2}Consul config entries/);
});
