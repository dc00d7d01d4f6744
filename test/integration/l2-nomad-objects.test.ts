import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { createNomad, type Nomad } from '../../controller/adapters/nomad/index.ts';
import { readOnly } from '../../controller/adapters/nomad/read-only.ts';
import { createSystemClock } from '../../controller/adapters/system/clock.ts';
import { analyse } from '../../controller/analyse/analyse.ts';
import { compareLive } from '../../controller/apply/l2/compare-live.ts';
import { reconcileWaves } from '../../controller/apply/l2/reconcile-waves.ts';
import type { WavePorts } from '../../controller/apply/l2/target.ts';
import { compileProject } from '../../controller/compile/compile-project.ts';
import { createFleet } from '../../controller/compile/create-fleet.ts';
import { unitKey } from '../../controller/model/tree.ts';
import type { WavesProgress } from '../../controller/model/unit-status.ts';
import { type RenderedEnvironment, renderEnvironment } from '../../controller/render/render-environment.ts';
import { sourceOf } from '../compile/source-of.ts';
import { type RealNomad, startRealNomad } from './real-nomad.ts';

const signal = AbortSignal.timeout(110_000);
const policies = join(import.meta.dirname, '../../manifests/install/nomad');
let server: RealNomad;
let clients: readonly Nomad[];
let ports: WavePorts;
let planPorts: WavePorts;

/** With the tokens and policies that an installation has: only access itself needs the management token. */
test.before(async () => {
  server = await startRealNomad({ client: true });
  const token = async (name: string) =>
    server.createToken(await readFile(join(policies, `${name}.policy.hcl`), 'utf8'));
  const { address } = server;
  const write = createNomad({ address, token: await token('controller') });
  const plan = createNomad({ address, token: await token('plan') });
  const manage = createNomad({ address, token: server.token });
  clients = [write, plan, manage];
  const { namespaces, aclPolicies, authMethods } = manage;
  const own = { clock: createSystemClock(), events: { emit: () => undefined } };
  ports = { ...write, ...own, namespaces, aclPolicies, authMethods };
  planPorts = {
    ...plan,
    ...own,
    aclPolicies: readOnly(aclPolicies),
    authMethods: readOnly(authMethods),
  };
});
test.after.always(async () => {
  for (const client of clients ?? []) client.close();
  await server?.stop();
});

const project = `apiVersion: drover.dev/v1alpha1
kind: Project
metadata: {name: acme}
spec: {environments: {demo: {folders: [base], cluster: demo}}}
`;

interface Definition {
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
  readonly spec: object;
}

/** From definitions to the tree of their environment, by the whole compiler. */
function render(definitions: readonly Definition[]): RenderedEnvironment {
  const documents = definitions.map(({ kind, name, namespace, spec }) =>
    JSON.stringify({ apiVersion: 'drover.dev/v1alpha1', kind, metadata: { name, namespace }, spec }),
  );
  const source = sourceOf({ 'drover.yaml': project, 'base/all.yaml': documents.join('\n---\n') });
  const { environments, diagnostics } = compileProject(source);
  const compiled = environments.get('demo');
  if (compiled === undefined) throw new Error(JSON.stringify(diagnostics));
  const { fleet, diagnostics: found } = createFleet(compiled, source, new Map());
  const revision = { id: '0'.repeat(40), author: '', date: '1970-01-01T00:00:00Z', subject: '', body: '' };
  const rendered = renderEnvironment(fleet, { droverVersion: '', parserVersion: '', repoUrl: '', revision });
  const all = [...diagnostics, ...compiled.diagnostics, ...found, ...analyse(fleet), ...rendered.diagnostics];
  if (all.length > 0) throw new Error(JSON.stringify(all));
  return rendered;
}

function historyOf(former: RenderedEnvironment) {
  const converged = new Map(former.inventory.entries.map((entry) => [unitKey(entry), entry]));
  const none = new Set<string>();
  return { converged, owned: new Set(converged.keys()), failedSpecs: none, retry: none, ranOnce: none };
}

async function step(next: RenderedEnvironment, former: RenderedEnvironment): Promise<WavesProgress> {
  const history = historyOf(former);
  const kept = new Set(next.inventory.entries.map(unitKey));
  return reconcileWaves(
    ports,
    {
      environment: 'demo',
      tree: next.tree,
      inventory: next.inventory,
      prune: [...history.converged.values()].filter((entry) => !kept.has(unitKey(entry))),
      revision: 'r',
      history,
      lease: undefined,
      mayWrite: () => undefined,
      serversReady: () => true,
      dryRun: false,
    },
    signal,
  );
}

const statesOf = (progress: WavesProgress) =>
  Object.fromEntries(progress.units.map(({ unit, state }) => [unit, state]));

const namespace: Definition = { kind: 'NomadNamespace', name: 'shop', spec: { description: 'The shop' } };
const pool = (description: string): Definition => ({
  kind: 'NomadNodePool',
  name: 'gpu',
  spec: { description, meta: { owner: 'research' } },
});
const flags = (beta: string): Definition => ({
  kind: 'NomadVariable',
  name: 'flags',
  namespace: 'shop',
  spec: { path: 'nomad/jobs/web', items: { beta, empty: '' } },
});
const readers = (policy: string): Definition => ({
  kind: 'NomadACLPolicy',
  name: 'readers',
  spec: {
    description: 'May look',
    rules: { inline: `namespace "shop" {\n  policy = "${policy}"\n}\n` },
    job: { namespace: 'shop', id: 'web' },
  },
});
const volume = (max: string): Definition => ({
  kind: 'NomadVolume',
  name: 'data',
  namespace: 'shop',
  spec: {
    type: 'Host',
    capacity: { min: '1Mi', max },
    constraints: [{ attribute: '${attr.kernel.name}', value: 'linux' }],
    parameters: { mode: '0750' },
  },
});
const auth = (ttl: string, selector: string): Definition => ({
  kind: 'NomadAuth',
  name: 'ci',
  spec: {
    type: 'JWT',
    maxTokenTTL: ttl,
    config: {
      jwksUrl: 'http://127.0.0.1:1/jwks',
      boundAudiences: ['nomad'],
      claimMappings: { sub: 'who' },
      clockSkewLeeway: '30s',
    },
    rules: {
      pipeline: { selector, bindType: 'Policy', bindName: 'readers' },
      ...(ttl === '30m' ? { admins: { selector: 'value.who == "root"', bindType: 'Management' } } : {}),
    },
  },
});
const files: Definition = {
  kind: 'NomadVolume',
  name: 'files',
  namespace: 'shop',
  spec: { type: 'CSI', plugin: 'nfs', capabilities: [{ accessMode: 'MultiNodeMultiWriter' }] },
};

const nothing = render([]);
const first = render([
  namespace,
  pool('Cards'),
  flags('no'),
  readers('read'),
  volume('2Mi'),
  auth('30m', 'value.who == "ci"'),
]);
const second = render([
  namespace,
  pool('Graphics cards'),
  flags('yes'),
  readers('write'),
  volume('4Mi'),
  auth('1h', 'value.who == "pipeline"'),
]);

/** What moves with every write, as the server tells it. */
async function indexes(): Promise<unknown> {
  const paths = [
    'node/pools',
    'vars?namespace=*',
    'acl/policies',
    'acl/auth-methods',
    'acl/binding-rules',
    'volumes?type=host&namespace=*',
    'namespaces',
  ];
  const tables = await Promise.all(paths.map((path) => server.request('GET', path)));
  return (tables as Record<string, unknown>[][]).map((table) => table.map((row) => row['ModifyIndex']));
}

test.serial(
  'definitions become objects of an empty cluster, with the tokens that are installed',
  async (t) => {
    const progress = await step(first, nothing);
    t.deepEqual([...new Set(Object.values(statesOf(progress)))], ['written'], JSON.stringify(progress.units));
    const variable = (await server.request('GET', 'var/nomad/jobs/web?namespace=shop')) as { Items: object };
    t.deepEqual(variable.Items, { beta: 'no', empty: '' });
    const policy = (await server.request('GET', 'acl/policy/readers')) as { JobACL: { JobID: string } };
    t.is(policy.JobACL.JobID, 'web');
    const rules = (await server.request('GET', 'acl/binding-rules')) as { Description: string }[];
    t.deepEqual(rules.map(({ Description }) => Description).sort(), ['admins', 'pipeline']);
  },
);

test.serial('five steps without a difference move no index', async (t) => {
  const before = await indexes();
  for (let again = 0; again < 5; again += 1) {
    const progress = await step(first, first);
    t.true(progress.done, JSON.stringify(progress.units));
  }
  t.deepEqual(await indexes(), before);
});

test.serial('a plan sees all of it but what is in a variable, and can write nothing', async (t) => {
  const request = {
    environment: 'demo',
    tree: second.tree,
    inventory: second.inventory,
    history: historyOf(first),
  };
  const found = await compareLive(planPorts, request, signal);
  t.deepEqual(Object.fromEntries(found.map(({ unit, state }) => [unit, state])), {
    'nomad-namespace:shop': 'equal',
    'nomad-node-pool:gpu': 'differs',
    'nomad-acl-policy:readers': 'differs',
    'nomad-variable:shop/nomad/jobs/web': 'unknown',
    'nomad-volume:shop/data': 'differs',
    'nomad-auth:ci': 'differs',
  });
  for (const { objects, key } of [
    { objects: planPorts.nodePools, key: 'gpu' },
    { objects: planPorts.aclPolicies, key: 'readers' },
    { objects: planPorts.authMethods, key: 'ci' },
  ]) {
    await t.throwsAsync(objects?.remove(key, signal) ?? Promise.resolve());
  }
});

test.serial('a change reaches each of them, and the volume keeps its folder', async (t) => {
  const idOf = async () =>
    ((await server.request('GET', 'volumes?type=host&namespace=shop')) as { ID: string }[]).map(
      ({ ID }) => ID,
    );
  const before = await idOf();
  const progress = await step(second, first);
  const { 'nomad-namespace:shop': untouched, ...changed } = statesOf(progress);
  t.is(untouched, 'equal');
  t.deepEqual([...new Set(Object.values(changed))], ['written'], JSON.stringify(progress.units));
  t.true((await step(second, second)).done);
  t.deepEqual(await idOf(), before);
  const rules = (await server.request('GET', 'acl/binding-rules')) as { Description: string }[];
  t.deepEqual(
    rules.map(({ Description }) => Description),
    ['pipeline'],
  );
});

test.serial('what a hand changed is found, and put right', async (t) => {
  await server.request('POST', 'acl/binding-rule', {
    AuthMethod: 'ci',
    Description: 'by hand',
    BindType: 'management',
  });
  await server.request('PUT', 'var/nomad/jobs/web?namespace=shop', { Items: { beta: 'by hand' } });
  const progress = await step(second, second);
  const states = statesOf(progress);
  t.is(states['nomad-auth:ci'], 'written');
  t.is(states['nomad-variable:shop/nomad/jobs/web'], 'written');
  t.true((await step(second, second)).done);
});

test.serial('a volume whose plugin is nowhere waits, and everything else goes on', async (t) => {
  const waiting = render([namespace, files, pool('Graphics cards')]);
  const progress = await step(waiting, waiting);
  t.is(statesOf(progress)['nomad-volume:shop/files'], 'waiting');
  t.false(progress.failed);
});

test.serial('what is no longer defined goes; a volume stays with what is in it', async (t) => {
  const progress = await step(nothing, second);
  t.deepEqual(statesOf(progress), {
    'nomad-namespace:shop': 'orphaned',
    'nomad-node-pool:gpu': 'deleted',
    'nomad-acl-policy:readers': 'deleted',
    'nomad-variable:shop/nomad/jobs/web': 'deleted',
    'nomad-volume:shop/data': 'orphaned',
    'nomad-auth:ci': 'deleted',
  });
  t.true(progress.done);
  t.deepEqual(await server.request('GET', 'acl/binding-rules'), []);
  t.is(((await server.request('GET', 'volumes?type=host&namespace=shop')) as unknown[]).length, 1);
});
