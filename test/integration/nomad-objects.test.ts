import { randomUUID } from 'node:crypto';
import test from 'ava';
import { uncovered } from '../../controller/apply/l2/covers.ts';
import { wholeDifferences } from '../../controller/apply/l2/whole-differences.ts';
import { ConflictError, RejectedError, UnavailableError } from '../../controller/model/errors.ts';
import type { JsonObject } from '../../controller/model/json.ts';
import { clusterObjectsContract } from '../contracts/cluster-objects.ts';
import { hostVolumesContract } from '../contracts/host-volumes.ts';
import { renderUnit } from '../kinds/render-unit.ts';
import { useNomad } from './use-nomad.ts';

const signal = AbortSignal.timeout(110_000);
const used = useNomad(test, { client: true });

const isWhole = (spec: JsonObject, live: JsonObject) => wholeDifferences(spec, live).length === 0;

clusterObjectsContract(test, 'Nomad node pools', async () => {
  const key = `t-${randomUUID()}`;
  return {
    objects: used.nomad.nodePools,
    key,
    first: { Name: key, Description: 'one', Meta: { a: 'b' } },
    second: { Name: key, Description: 'two', NodeIdentityTTL: 3_600_000_000_000 },
    covers: isWhole,
  };
});

clusterObjectsContract(test, 'Nomad variables', async () => {
  const path = `nomad/jobs/${randomUUID()}/g~1`;
  const base = { Namespace: 'default', Path: path };
  return {
    objects: used.nomad.variables,
    key: `default/${path}`,
    first: { ...base, Items: { a: '1', b: '' } },
    second: { ...base, Items: { a: '2' } },
    covers: isWhole,
  };
});

clusterObjectsContract(test, 'Nomad ACL policies', async () => {
  const key = `t-${randomUUID()}`;
  const Rules = 'namespace "default" { policy = "read" }\n';
  return {
    objects: used.nomad.aclPolicies,
    key,
    first: { Name: key, Description: 'one', Rules, JobACL: { Namespace: 'default', JobID: 'web' } },
    second: { Name: key, Rules: 'node { policy = "read" }\n' },
    covers: isWhole,
  };
});

/** Rules have no order. */
const isSameMethod = (spec: JsonObject, live: JsonObject) =>
  isWhole({ ...spec, BindingRules: [] }, { ...live, BindingRules: [] }) &&
  uncovered(spec['BindingRules'] ?? [], live['BindingRules']).length === 0;

const rule = (name: string, selector: string, bindType = 'policy', bindName = 'p'): JsonObject => ({
  BindName: bindType === 'management' ? '' : bindName,
  BindType: bindType,
  Description: name,
  Selector: selector,
});

function method(key: string, change: JsonObject = {}): JsonObject {
  return {
    Name: key,
    Type: 'JWT',
    TokenLocality: 'local',
    TokenNameFormat: '${auth_method_type}-${auth_method_name}',
    MaxTokenTTL: '1h0m0s',
    Default: false,
    Config: { JWKSURL: 'http://127.0.0.1:1/jwks', ExpirationLeeway: '30s', ClaimMappings: { sub: 'who' } },
    BindingRules: [rule('a', 'value.who == "a"'), rule('b', 'value.who == "b"')],
    ...change,
  };
}

clusterObjectsContract(test, 'Nomad auth methods', async () => {
  const key = `t-${randomUUID()}`;
  return {
    objects: used.nomad.authMethods,
    key,
    first: method(key),
    second: method(key, {
      MaxTokenTTL: '2h0m0s',
      Config: { JWKSURL: 'http://127.0.0.1:1/jwks' },
      BindingRules: [rule('b', 'value.who == "c"'), rule('c', '', 'management')],
    }),
    covers: isSameMethod,
  };
});

hostVolumesContract(test, 'Nomad host volumes', async () => ({
  volumes: used.nomad.hostVolumes,
  ref: { namespace: 'default', name: `t-${randomUUID()}` },
}));

test('a variable that somebody else changed is a conflict which shows none of its values', async (t) => {
  const key = `default/${randomUUID()}`;
  const spec = (value: string) => ({ Namespace: 'default', Path: key.slice(8), Items: { word: value } });
  await used.nomad.variables.write({ key, spec: spec('canary-1'), expected: undefined }, signal);
  const live = await used.nomad.variables.read(key, signal);
  await used.nomad.variables.write({ key, spec: spec('canary-2'), expected: live }, signal);
  for (const expected of [live, undefined]) {
    const late = used.nomad.variables.write({ key, spec: spec('canary-3'), expected }, signal);
    const error = await t.throwsAsync(late, { instanceOf: ConflictError });
    t.false(`${error.message} ${String(error.cause)} ${error.stack}`.includes('canary'));
  }
});

test('what Nomad refuses for good is told as a refusal', async (t) => {
  const refused: Promise<unknown>[] = [
    used.nomad.nodePools.write(
      {
        key: 'fast',
        spec: { SchedulerConfiguration: { SchedulerAlgorithm: 'spread' } },
        expected: undefined,
      },
      signal,
    ),
    used.nomad.nodePools.write({ key: 'default', spec: { Description: 'x' }, expected: undefined }, signal),
    used.nomad.nodePools.remove('default', signal),
    used.nomad.variables.write(
      { key: 'default/nomad/other', spec: { Items: { a: 'b' } }, expected: undefined },
      signal,
    ),
    used.nomad.aclPolicies.write(
      { key: 'p', spec: { Rules: 'namespac "x" {}' }, expected: undefined },
      signal,
    ),
    used.nomad.authMethods.write(
      { key: 'm', spec: method('m', { Config: {} }), expected: undefined },
      signal,
    ),
    used.nomad.csiVolumes.remove('default/x', signal),
  ];
  for (const one of refused) await t.throwsAsync(one, { instanceOf: RejectedError });
});

test('a node pool with a job that waits for nodes stays', async (t) => {
  const key = `t-${randomUUID()}`;
  await used.nomad.nodePools.write({ key, spec: {}, expected: undefined }, signal);
  const tasks = [{ Name: 't', Driver: 'raw_exec', Config: { command: '/bin/true' } }];
  const groups = [{ Name: 'g', Count: 1, Tasks: tasks }];
  await used.server.request('POST', 'jobs', {
    Job: { ID: key, Name: key, Type: 'service', NodePool: key, TaskGroups: groups },
  });
  await t.throwsAsync(used.nomad.nodePools.remove(key, signal), { instanceOf: RejectedError });
  await used.server.request('DELETE', `job/${key}?purge=true`);
  await used.nomad.nodePools.remove(key, signal);
  t.is(await used.nomad.nodePools.read(key, signal), undefined);
});

test('rules that outlived a former method of the name let nobody in', async (t) => {
  const key = `t-${randomUUID()}`;
  const left = method(key, { BindingRules: [rule('everybody', '', 'management')] });
  await used.nomad.authMethods.write({ key, spec: left, expected: undefined }, signal);
  await used.server.request('DELETE', `acl/auth-method/${key}`);
  t.is(await used.nomad.authMethods.read(key, signal), undefined);
  await used.nomad.authMethods.write({ key, spec: method(key), expected: undefined }, signal);
  const live = await used.nomad.authMethods.read(key, signal);
  t.true(isSameMethod(method(key), live?.spec ?? {}), JSON.stringify(live?.spec));
});

test('a login in the browser, for which Nomad itself signs, is read back as it is rendered', async (t) => {
  const spec = {
    type: 'OIDC',
    maxTokenTTL: '90m',
    tokenLocality: 'Global',
    config: {
      oidcDiscoveryUrl: 'https://login.acme.example',
      oidcClientId: 'nomad',
      oidcClientAssertion: { keySource: 'Nomad' },
      oidcEnablePkce: true,
      oidcScopes: ['groups'],
      boundAudiences: ['nomad'],
      allowedRedirectUris: ['http://localhost:4649/oidc/callback'],
      signingAlgs: ['RS256'],
      discoveryCaPem: [],
      expirationLeeway: '1m30s',
      claimMappings: { email: 'email' },
      listClaimMappings: { groups: 'groups' },
      verboseLogging: false,
    },
    rules: { admins: { selector: '"admins" in list.groups', bindType: 'Management' } },
  };
  const key = `t-${randomUUID()}`;
  const { document } = renderUnit({ kind: 'NomadAuth', name: key, spec });
  await used.nomad.authMethods.write({ key, spec: document, expected: undefined }, signal);
  const live = await used.nomad.authMethods.read(key, signal);
  t.deepEqual(wholeDifferences(document, live?.spec ?? {}), []);
});

test('rules of other methods are never touched', async (t) => {
  const [one, other] = [`t-${randomUUID()}`, `t-${randomUUID()}`];
  for (const key of [one, other]) {
    await used.nomad.authMethods.write({ key, spec: method(key), expected: undefined }, signal);
  }
  await used.nomad.authMethods.remove(one, signal);
  const live = await used.nomad.authMethods.read(other, signal);
  t.true(isSameMethod(method(other), live?.spec ?? {}));
});

test('a rule whose selector changes keeps its id', async (t) => {
  const key = `t-${randomUUID()}`;
  await used.nomad.authMethods.write({ key, spec: method(key), expected: undefined }, signal);
  const ids = async () =>
    ((await used.server.request('GET', 'acl/binding-rules')) as { AuthMethod: string; ID: string }[])
      .filter(({ AuthMethod }) => AuthMethod === key)
      .map(({ ID }) => ID)
      .sort();
  const before = await ids();
  const live = await used.nomad.authMethods.read(key, signal);
  const spec = method(key, { BindingRules: [rule('a', 'value.who == "x"'), rule('b', 'value.who == "b"')] });
  await used.nomad.authMethods.write({ key, spec, expected: live }, signal);
  t.deepEqual(await ids(), before);
});

// There is no plugin of a storage provider here: what can be shown is what happens without one.
test('a CSI volume waits for its plugin, and without one its write is passing trouble', async (t) => {
  const key = 'default/uploads';
  const spec = {
    Type: 'csi',
    PluginID: 'nfs',
    RequestedCapabilities: [{ AccessMode: 'multi-node-multi-writer', AttachmentMode: 'file-system' }],
  };
  t.is(await used.nomad.csiVolumes.read(key, signal), undefined);
  t.regex((await used.nomad.csiVolumes.awaited('nfs', signal)) ?? '', /the CSI plugin nfs/);
  for (const change of [{}, { ExternalID: 'vol-1' }]) {
    const write = used.nomad.csiVolumes.write(
      { key, spec: { ...spec, ...change }, expected: undefined },
      signal,
    );
    await t.throwsAsync(write, { instanceOf: UnavailableError, message: /no CSI plugin named: nfs/ });
  }
});
