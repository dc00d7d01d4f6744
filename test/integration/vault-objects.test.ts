import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import test from 'ava';
import { createVault, type Vault } from '../../controller/adapters/vault/index.ts';
import { uncovered } from '../../controller/apply/l2/covers.ts';
import { DeniedError, RejectedError, UnavailableError } from '../../controller/model/errors.ts';
import type { JsonObject } from '../../controller/model/json.ts';
import { clusterObjectsContract } from '../contracts/cluster-objects.ts';
import { secretsContract } from '../contracts/secrets.ts';
import { type RealVault, startRealVault } from './real-vault.ts';

/** What the controller is allowed; nothing here may need more. */
const controllerPolicy = `
path "sys/mounts" { capabilities = ["read"] }
path "sys/mounts/*" { capabilities = ["create", "read", "update", "delete", "sudo"] }
path "sys/auth" { capabilities = ["read"] }
path "sys/auth/*" { capabilities = ["create", "read", "update", "delete", "sudo"] }
path "sys/policies/acl/*" { capabilities = ["create", "read", "update", "delete"] }
path "auth/+/config" { capabilities = ["create", "read", "update"] }
path "auth/+/role/*" { capabilities = ["create", "read", "update", "delete"] }
path "database/roles/*" { capabilities = ["create", "read", "update", "delete"] }
path "kv/data/*" { capabilities = ["create", "read", "update"] }
path "kv/metadata/*" { capabilities = ["create", "read", "update"] }
`;

const signal = AbortSignal.timeout(120_000);
let server: RealVault;
let vault: Vault;
let jwksUrl: string;
const keyServer = createServer((_request, response) => response.end('{"keys":[]}'));

test.before(async () => {
  server = await startRealVault();
  await server.request('POST', 'sys/mounts/kv', { type: 'kv', options: { version: '2' } });
  await server.request('POST', 'sys/auth/jwt-test', { type: 'jwt' });
  await server.request('POST', 'sys/mounts/database', { type: 'database' });
  vault = createVault({ address: server.address, token: await server.createToken(controllerPolicy) });
  keyServer.listen(0, '127.0.0.1');
  await once(keyServer, 'listening');
  const address = keyServer.address();
  jwksUrl = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/jwks`;
});
test.after.always(async () => {
  vault?.close();
  keyServer.close();
  await server?.stop();
});

const fresh = () => `t-${randomUUID()}`;
const covers = (spec: JsonObject, live: JsonObject) => uncovered(spec, live).length === 0;

secretsContract(test, 'Vault KV v2', async () => ({
  secrets: vault.secrets,
  path: `kv/${fresh()}/db`,
  softDelete: async (path) => void (await server.request('DELETE', path.replace('kv/', 'kv/data/'))),
}));

clusterObjectsContract(test, 'Vault mounts', async () => {
  const path = fresh();
  const mount = { path, type: 'kv', options: { version: '2' } };
  const first = { ...mount, description: 'one' };
  return {
    objects: vault.mounts,
    key: path,
    first,
    second: { ...mount, description: 'two', config: { max_lease_ttl: '36h' } },
    covers,
  };
});

clusterObjectsContract(test, 'Vault auth methods', async () => {
  const path = fresh();
  const auth = { path, type: 'jwt', description: '' };
  return {
    objects: vault.auths,
    key: path,
    first: { ...auth, config: { jwks_url: jwksUrl, default_role: 'a' } },
    second: { ...auth, description: 'two', config: { jwks_url: jwksUrl, default_role: 'b' } },
    covers,
  };
});

clusterObjectsContract(test, 'Vault policies', async () => {
  const name = fresh();
  const policy = (path: string) => ({ name, policy: `path "${path}" {\n  capabilities = ["read"]\n}\n` });
  return { objects: vault.policies, key: name, first: policy('kv/a'), second: policy('kv/b'), covers };
});

clusterObjectsContract(test, 'Vault roles', async () => {
  const name = fresh();
  const role = (period: string | number) => ({
    auth: 'jwt-test',
    name,
    config: {
      role_type: 'jwt',
      bound_audiences: 'vault.io',
      bound_claims: { nomad_namespace: ['a', 'b'] },
      user_claim: '/nomad_job_id',
      user_claim_json_pointer: true,
      token_policies: ['a', 'b'],
      token_period: period,
      token_type: 'service',
    },
  });
  return { objects: vault.roles, key: `jwt-test/${name}`, first: role('30m'), second: role(3600), covers };
});

test.serial('a claim that is written no more is gone, also the last one', async (t) => {
  const key = `jwt-test/${fresh()}`;
  const role = (claims: Readonly<Record<string, string>>) => ({
    config: {
      role_type: 'jwt',
      bound_audiences: ['vault.io'],
      bound_claims: claims,
      user_claim: 'sub',
      token_policies: ['a'],
    },
  });
  for (const claims of [{ a: 'x', b: 'y' }, { a: 'x' }, {}]) {
    const expected = await vault.roles.read(key, signal);
    await vault.roles.write({ key, spec: role(claims), expected }, signal);
    const config = (await vault.roles.read(key, signal))?.spec['config'] as JsonObject;
    t.deepEqual(config['bound_claims'] ?? {}, claims);
  }
});

clusterObjectsContract(test, 'Vault database roles', async () => {
  const name = fresh();
  const role = (statement: string, ttl: number) => ({
    mount: 'database',
    name,
    config: {
      db_name: 'postgres',
      creation_statements: [statement, 'GRANT SELECT ON a TO "{{name}}"'],
      revocation_statements: [],
      default_ttl: ttl,
      max_ttl: 86_400,
      credential_type: 'password',
    },
  });
  const key = `database/${name}`;
  return {
    objects: vault.databaseRoles,
    key,
    first: role('CREATE ROLE "{{name}}"', 3600),
    second: role('CREATE USER "{{name}}"', 7200),
    covers,
  };
});

test('an auth method whose keys nobody serves yet waits, and is told apart from a bad one', async (t) => {
  const path = fresh();
  const auth = { path, type: 'jwt', description: '' };
  const early = { ...auth, config: { jwks_url: 'http://127.0.0.1:1/jwks' } };
  const write = vault.auths.write({ key: path, spec: early, expected: undefined }, signal);
  await t.throwsAsync(write, { instanceOf: UnavailableError });
  const expected = await vault.auths.read(path, signal);
  const bad = { ...auth, config: { jwks_url: jwksUrl, oidc_discovery_url: jwksUrl } };
  await t.throwsAsync(vault.auths.write({ key: path, spec: bad, expected }, signal), {
    instanceOf: RejectedError,
  });
  await vault.auths.write({ key: path, spec: { ...auth, config: { jwks_url: jwksUrl } }, expected }, signal);
  const live = await vault.auths.read(path, signal);
  t.true(covers({ config: { jwks_url: jwksUrl } }, live?.spec ?? {}));
  t.regex(live?.accessor ?? '', /^auth_jwt_/);
});

test('a policy that Vault can not parse is refused for good', async (t) => {
  const write = vault.policies.write(
    { key: fresh(), spec: { policy: 'path {' }, expected: undefined },
    signal,
  );
  await t.throwsAsync(write, { instanceOf: RejectedError });
});

test('a token without the right is denied, never told that the secret is absent', async (t) => {
  const token = await server.createToken('path "kv/data/other" { capabilities = ["read"] }');
  const poor = createVault({ address: server.address, token });
  await t.throwsAsync(poor.secrets.version(`kv/${fresh()}`, signal), { instanceOf: DeniedError });
  const unknown = createVault({ address: server.address, token: 'hvs.unknown' });
  const error = await t.throwsAsync(unknown.secrets.version('kv/a', signal), { instanceOf: DeniedError });
  t.false(JSON.stringify([error.message, String(error.cause)]).includes('hvs.unknown'));
  poor.close();
  unknown.close();
});

test('what is written stands in no error', async (t) => {
  const values = { password: 'canary-value' };
  const path = `kv/${fresh()}`;
  await vault.secrets.write(path, { values, expectedVersion: 0 }, signal);
  const error = await t.throwsAsync(vault.secrets.write(path, { values, expectedVersion: 0 }, signal));
  const { cause } = error as Error & { cause: Error };
  t.false([error.message, error.stack, cause.message, cause.stack].join('\n').includes('canary-value'));
});

test('a write below a mount that is not there waits for it', async (t) => {
  const root = createVault({ address: server.address, token: server.token });
  const write = root.secrets.write('nowhere/a', { values: { a: '1' }, expectedVersion: 0 }, signal);
  await t.throwsAsync(write, { instanceOf: UnavailableError });
  root.close();
});

test('nobody at the address is unavailable, and an aborted call ends with the abort', async (t) => {
  const nobody = createVault({ address: 'http://127.0.0.1:1', token: 'x' });
  await t.throwsAsync(nobody.secrets.version('kv/a', signal), { instanceOf: UnavailableError });
  const reason = new Error('enough');
  await t.throwsAsync(vault.secrets.version('kv/a', AbortSignal.abort(reason)), { is: reason });
  nobody.close();
});
