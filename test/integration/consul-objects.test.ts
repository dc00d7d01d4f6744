import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import test from 'ava';
import { type Consul, createConsul } from '../../controller/adapters/consul/index.ts';
import { createSystemClock } from '../../controller/adapters/system/clock.ts';
import { entryDifferences } from '../../controller/apply/l2/entry-differences.ts';
import { reconcileWaves } from '../../controller/apply/l2/reconcile-waves.ts';
import type { WavePorts } from '../../controller/apply/l2/target.ts';
import { alertRule } from '../../controller/kinds/alert-rule/index.ts';
import { rulePrefix } from '../../controller/kinds/alert-rule/render.ts';
import type { AlertRuleSpec } from '../../controller/kinds/alert-rule/schema.ts';
import { entryTypes } from '../../controller/kinds/consul-config-entry/entry-types.ts';
import {
  ConflictError,
  DeniedError,
  RejectedError,
  UnavailableError,
} from '../../controller/model/errors.ts';
import type { JsonObject } from '../../controller/model/json.ts';
import { unitKey } from '../../controller/model/tree.ts';
import type { ClusterObjects } from '../../controller/ports/cluster-objects.ts';
import { byKey, type MadeUnit, makeTree, makeUnit } from '../apply/l2/make-units.ts';
import { clusterObjectsContract } from '../contracts/cluster-objects.ts';
import { fakeFleet, fakeResource } from '../fakes/fleet.ts';
import { type RealConsul, startRealConsul } from './real-consul.ts';

const signal = AbortSignal.timeout(110_000);
const root = new URL('../../manifests/install/consul/', import.meta.url);
let server: RealConsul;
let consul: Consul;
let entriesOnly: Consul;

test.before(async () => {
  server = await startRealConsul();
  const [entries, policies] = await Promise.all(
    ['config-entries.hcl', 'acl-policies.hcl'].map((file) => readFile(new URL(file, root), 'utf8')),
  );
  consul = await connect(`${entries}\n${policies}`);
  entriesOnly = await connect(entries ?? '');
});
test.after.always(async () => {
  consul?.close();
  entriesOnly?.close();
  await server?.stop();
});

async function connect(rules: string): Promise<Consul> {
  const token = await server.createToken(rules);
  return createConsul({ address: server.address, token, timeoutMs: 5000 });
}

const fresh = () => `t-${randomUUID()}`;

clusterObjectsContract(test, 'Consul config entries', async () => {
  const name = fresh();
  const entry = { Kind: 'service-defaults', Name: name };
  return {
    objects: entriesOnly.configEntries,
    key: `service-defaults/${name}`,
    first: { ...entry, Protocol: 'http', Meta: { team: 'shop' } },
    second: { ...entry, Protocol: 'http2' },
    covers: (spec, live) => entryDifferences(spec, live).length === 0,
  };
});

clusterObjectsContract(test, 'Consul ACL policies', async () => {
  const name = fresh();
  const policy = (rules: string, datacenters: string[]) => ({
    Name: name,
    Description: 'a test',
    Datacenters: datacenters,
    Rules: rules,
  });
  return {
    objects: consul.aclPolicies,
    key: name,
    first: policy('key_prefix "a/" { policy = "read" }', []),
    second: policy('key_prefix "b/" { policy = "read" }\n', ['dc1']),
    covers: (spec, live) => entryDifferences(spec, live).length === 0,
  };
});

interface Entry extends JsonObject {
  readonly Kind: string;
  readonly Name: string;
}

const keyOf = ({ Kind, Name }: Entry) => `${Kind}/${Name}`;

/** One entry of every type, in an order that Consul accepts. */
const entries: readonly Entry[] = [
  { Kind: 'proxy-defaults', Name: 'global', Config: { protocol: 'http' }, MeshGateway: { Mode: 'local' } },
  { Kind: 'mesh', Name: 'mesh', TransparentProxy: { MeshDestinationsOnly: true } },
  {
    Kind: 'jwt-provider',
    Name: 'okta',
    Issuer: 'https://okta.example',
    JSONWebKeySet: { Local: { JWKS: Buffer.from('{"keys":[]}').toString('base64') } },
  },
  {
    Kind: 'service-defaults',
    Name: 'web',
    Protocol: 'http',
    UpstreamConfig: { Defaults: { ConnectTimeoutMs: 500 } },
  },
  { Kind: 'service-defaults', Name: 'db', Protocol: 'tcp' },
  {
    Kind: 'service-resolver',
    Name: 'web',
    DefaultSubset: 'v1',
    ConnectTimeout: '15s',
    Subsets: {
      v1: { Filter: 'Service.Meta.version == 1' },
      v2: { Filter: 'Service.Meta.version == 2', OnlyPassing: true },
    },
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
    Kind: 'service-router',
    Name: 'web',
    Routes: [
      {
        Match: { HTTP: { PathPrefix: '/admin' } },
        Destination: { Service: 'web', NumRetries: 3, RequestTimeout: '5s' },
      },
    ],
  },
  {
    Kind: 'service-intentions',
    Name: 'db',
    Sources: [
      { Name: '*', Action: 'deny' },
      { Name: 'web', Action: 'allow', Description: 'reads' },
    ],
  },
  {
    Kind: 'service-intentions',
    Name: 'web',
    Sources: [
      { Name: 'front', Permissions: [{ Action: 'allow', HTTP: { PathPrefix: '/', Methods: ['GET'] } }] },
    ],
  },
  {
    Kind: 'ingress-gateway',
    Name: 'ingress',
    Listeners: [{ Port: 8080, Protocol: 'http', Services: [{ Name: 'web', Hosts: ['web.acme.example'] }] }],
  },
  { Kind: 'terminating-gateway', Name: 'egress', Services: [{ Name: 'billing', SNI: 'billing.example' }] },
  { Kind: 'api-gateway', Name: 'api', Listeners: [{ Name: 'http', Port: 8081, Protocol: 'http' }] },
  {
    Kind: 'http-route',
    Name: 'api-web',
    Parents: [{ Kind: 'api-gateway', Name: 'api', SectionName: 'http' }],
    Rules: [{ Matches: [{ Path: { Match: 'prefix', Value: '/' } }], Services: [{ Name: 'web', Weight: 1 }] }],
    Hostnames: ['web.acme.example'],
  },
  {
    Kind: 'tcp-route',
    Name: 'api-db',
    Parents: [{ Kind: 'api-gateway', Name: 'api' }],
    Services: [{ Name: 'db' }],
  },
  { Kind: 'exported-services', Name: 'default', Services: [{ Name: 'web', Consumers: [{ Peer: 'other' }] }] },
];

test('every type of entry is written once and then equal, with the shipped policy', async (t) => {
  const { configEntries } = entriesOnly;
  for (const spec of entries) {
    const key = keyOf(spec);
    const expected = await configEntries.read(key, signal);
    await configEntries.write({ key, spec, expected }, signal);
    const live = await configEntries.read(key, signal);
    t.deepEqual(entryDifferences(spec, live?.spec ?? {}), [], `${key}: ${JSON.stringify(live?.spec)}`);
  }
  const tried = new Set(entries.map((entry) => entry['Kind']));
  t.deepEqual(
    Object.values(entryTypes).filter(({ kind }) => !tried.has(kind)),
    [],
  );
  for (const spec of entries.toReversed()) {
    await configEntries.remove(keyOf(spec), signal);
  }
  t.is(await configEntries.read('mesh/mesh', signal), undefined);
});

test('what a definition no longer says is a difference, and so is what somebody added', (t) => {
  const live = {
    Kind: 'service-defaults',
    Name: 'a',
    Protocol: 'http',
    MaxInboundConnections: 0,
    Meta: null,
  };
  t.deepEqual(entryDifferences({ Kind: 'service-defaults', Name: 'a' }, live), ['Protocol']);
  t.deepEqual(entryDifferences({ ...live, Protocol: 'http' }, live), []);
});

test('an entry that was changed meanwhile is not overwritten', async (t) => {
  const name = fresh();
  const key = `service-defaults/${name}`;
  const spec = (protocol: string) => ({ Kind: 'service-defaults', Name: name, Protocol: protocol });
  await consul.configEntries.write({ key, spec: spec('http'), expected: undefined }, signal);
  const seen = await consul.configEntries.read(key, signal);
  await consul.configEntries.write({ key, spec: spec('grpc'), expected: seen }, signal);
  const late = consul.configEntries.write({ key, spec: spec('tcp'), expected: seen }, signal);
  await t.throwsAsync(late, { instanceOf: ConflictError });
  const twice = consul.configEntries.write({ key, spec: spec('tcp'), expected: undefined }, signal);
  await t.throwsAsync(twice, { instanceOf: ConflictError });
});

test('what Consul refuses for good is told apart from what it can not do now', async (t) => {
  const write = (spec: Entry, on: ClusterObjects = consul.configEntries) =>
    on.write({ key: keyOf(spec), spec, expected: undefined }, signal);
  const splitter = { Kind: 'service-splitter', Name: fresh(), Splits: [{ Weight: 50 }] };
  await t.throwsAsync(write(splitter), { instanceOf: RejectedError, message: /weight/ });
  await t.throwsAsync(write({ Kind: 'service-defaults', Name: 'x', Nonsense: true }), {
    instanceOf: RejectedError,
  });
  const bad = { Name: fresh(), Rules: 'key_prefix "a" { policy = "reed" }' };
  const policy = consul.aclPolicies.write({ key: bad.Name, spec: bad, expected: undefined }, signal);
  await t.throwsAsync(policy, { instanceOf: RejectedError });
  await t.throwsAsync(entriesOnly.aclPolicies.read('a', signal), { instanceOf: DeniedError });
  const nobody = createConsul({ address: 'http://127.0.0.1:1', timeoutMs: 2000 });
  await t.throwsAsync(nobody.configEntries.read('mesh/mesh', signal), { instanceOf: UnavailableError });
  nobody.close();
});

async function step(units: readonly MadeUnit[], former: readonly MadeUnit[] = [], written: string[] = []) {
  const converged = byKey(former);
  const head = byKey(units);
  const ports: WavePorts = {
    configEntries: consul.configEntries,
    consulAclPolicies: consul.aclPolicies,
    clock: createSystemClock(),
    events: { emit: ({ kind, key }) => void written.push(`${kind} ${key}`) },
  };
  return reconcileWaves(
    ports,
    {
      environment: 'test',
      ...makeTree(units),
      prune: [...converged.values()].filter((entry) => !head.has(unitKey(entry))),
      revision: 'r',
      history: {
        converged,
        owned: new Set(converged.keys()),
        failedSpecs: new Set(),
        retry: new Set(),
        ranOnce: new Set(),
      },
      lease: undefined,
      mayWrite: () => undefined,
      serversReady: () => true,
      dryRun: false,
    },
    signal,
  );
}

test('units are made, left alone, changed and pruned', async (t) => {
  const name = fresh();
  const entry = (protocol: string) =>
    makeUnit('consul-config-entry', `service-defaults/${name}`, 20, {
      Kind: 'service-defaults',
      Name: name,
      Protocol: protocol,
    });
  const policy = makeUnit('consul-acl-policy', name, 20, {
    Name: name,
    Description: '',
    Datacenters: [],
    Rules: 'service "a" {\n  policy = "read"\n}\n',
  });
  const first = [entry('http'), policy];
  await step(first);
  const made = await step(first);
  t.true(made.done, JSON.stringify(made));
  const written: string[] = [];
  t.true((await step(first, first, written)).done);
  t.deepEqual(written, []);
  const second = [entry('grpc'), policy];
  await step(second, first, written);
  t.true((await step(second, first, written)).done);
  t.is(written.length, 1);
  await step([], second);
  const pruned = await step([], second);
  t.true(pruned.done, JSON.stringify(pruned));
  t.is(await consul.configEntries.read(`service-defaults/${name}`, signal), undefined);
  t.is(await consul.aclPolicies.read(name, signal), undefined);
});

test('an alert rule lies under a key that Consul takes and lists', async (t) => {
  const spec: AlertRuleSpec = { expr: 'up == 0', labels: { severity: 'page' } };
  const resource = fakeResource<AlertRuleSpec>({ kind: 'AlertRule', name: 'instance-down', spec });
  const [unit] = alertRule.render?.(resource, fakeFleet({ resources: [] }))?.units ?? [];
  if (unit === undefined) throw new Error('no unit');
  const value = unit.files.get(unit.path) ?? new Uint8Array();
  const all = createConsul({ address: server.address, token: server.token, timeoutMs: 5000 });
  await all.kv.transact([{ verb: 'cas', key: unit.key, value, index: 0 }], signal);
  const listed = await all.kv.list(rulePrefix, signal);
  t.deepEqual(
    listed.map(({ key }) => key),
    ['prometheus/rules/instance-down.yml'],
  );
  t.deepEqual(Buffer.from(listed[0]?.value ?? []).toString(), Buffer.from(value).toString());
  all.close();
});
