import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import test from 'ava';
import { createConsul } from '../../controller/adapters/consul/index.ts';
import { createNomad, type Nomad } from '../../controller/adapters/nomad/index.ts';
import { createSystemClock } from '../../controller/adapters/system/clock.ts';
import { createVault, type Vault } from '../../controller/adapters/vault/index.ts';
import { compareLive } from '../../controller/apply/l2/compare-live.ts';
import { reconcileWaves } from '../../controller/apply/l2/reconcile-waves.ts';
import type { WavePorts } from '../../controller/apply/l2/target.ts';
import type { JsonObject } from '../../controller/model/json.ts';
import { unitKey } from '../../controller/model/tree.ts';
import type { WavesProgress } from '../../controller/model/unit-status.ts';
import { byKey, type MadeUnit, makeTree, makeUnit } from '../apply/l2/make-units.ts';
import { type RealConsul, startRealConsul } from './real-consul.ts';
import { type RealNomad, startRealNomad } from './real-nomad.ts';
import { type RealVault, startRealVault } from './real-vault.ts';

const signal = AbortSignal.timeout(110_000);
let servers: { nomad: RealNomad; vault: RealVault; consul: RealConsul };
let nomad: Nomad;
let vault: Vault;
let ports: WavePorts;

test.before(async () => {
  const [realNomad, realVault, realConsul] = await Promise.all([
    startRealNomad({ client: true }),
    startRealVault(),
    startRealConsul(),
  ]);
  servers = { nomad: realNomad, vault: realVault, consul: realConsul };
  nomad = createNomad({ address: realNomad.address, token: realNomad.token });
  vault = createVault({ address: realVault.address, token: realVault.token });
  const { kv } = createConsul({ address: realConsul.address, token: realConsul.token, timeoutMs: 5000 });
  ports = { ...nomad, ...vault, kv, clock: createSystemClock(), events: { emit: () => undefined } };
});
test.after.always(async () => {
  nomad?.close();
  vault?.close();
  await Promise.all([servers?.nomad.stop(), servers?.vault.stop(), servers?.consul.stop()]);
});

/** A service of one real process; `command` is a shell line. */
function service(name: string, command: string, change: JsonObject = {}, group: JsonObject = {}): MadeUnit {
  const task = {
    Name: 't',
    Driver: 'raw_exec',
    Config: { command: '/bin/sh', args: ['-c', command] },
    Resources: { CPU: 10, MemoryMB: 16 },
  };
  const update = {
    MinHealthyTime: 100_000_000,
    HealthyDeadline: 40_000_000_000,
    ProgressDeadline: 60_000_000_000,
  };
  const restart = { Attempts: 0, Mode: 'fail', Delay: 1_000_000_000, Interval: 60_000_000_000 };
  const groups = [
    {
      Name: 'g',
      Count: 1,
      RestartPolicy: restart,
      ReschedulePolicy: { Attempts: 0, Unlimited: false },
      Tasks: [task],
      ...group,
    },
  ];
  const job = {
    ID: name,
    Name: name,
    Type: 'service',
    Update: { ...update, AutoRevert: true },
    TaskGroups: groups,
    ...change,
  };
  return makeUnit('nomad-job', `shop/${name}`, 60, {
    job,
    submission: { source: '# text', format: 'hcl2', variables: '' },
  });
}

async function step(units: readonly MadeUnit[], former: readonly MadeUnit[] = []): Promise<WavesProgress> {
  const converged = byKey(former);
  const head = byKey(units);
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

async function run(units: readonly MadeUnit[], former: readonly MadeUnit[] = []): Promise<WavesProgress> {
  let progress = await step(units, former);
  for (let tries = 0; tries < 240 && !progress.done && !progress.failed; tries += 1) {
    await wait(250);
    progress = await step(units, former);
  }
  return progress;
}

async function deployed(job: string): Promise<void> {
  const ref = { namespace: 'shop', id: job };
  for (let tries = 0; tries < 240; tries += 1) {
    const live = await nomad.jobs.read(ref, signal);
    const deployment = await nomad.placement.deployment(ref, live?.version ?? 0, signal);
    if (deployment?.status === 'successful') return;
    await wait(250);
  }
  throw new Error(`${job} was not deployed`);
}

const id = randomUUID().slice(0, 8);
const namespace = makeUnit('nomad-namespace', 'shop', 30, { Name: 'shop', Description: 'The shop' });
const mount = makeUnit('vault-mount', 'kv', 10, {
  path: 'kv',
  type: 'kv',
  description: '',
  options: { version: '2' },
});
const keys = { password: { generate: { length: 32, charset: 'Alphanumeric' } } };
const secret = makeUnit('vault-secret', 'kv/shop/db', 10, { path: 'kv/shop/db', keys, generation: 1 });
const policy = makeUnit('vault-policy', 'web', 10, {
  name: 'web',
  policy:
    'path "kv/data/{{identity.entity.aliases.${{ accessor(\'jwt-nomad\') }}.metadata.nomad_namespace}}/*" {\n  capabilities = ["read"]\n}\n',
});
const role = makeUnit('vault-role', 'jwt-nomad/web', 35, {
  auth: 'jwt-nomad',
  name: 'web',
  config: {
    role_type: 'jwt',
    bound_audiences: ['vault.io'],
    user_claim: '/nomad_job_id',
    user_claim_json_pointer: true,
    token_policies: ['web'],
    token_period: 1800,
  },
});
const flags = makeUnit('consul-key', `shop/${id}`, 20, new TextEncoder().encode('{"a":1}'));
const web = service('web', 'exec sleep 600');
const batch = makeUnit('nomad-job', 'shop/report', 70, {
  job: {
    ...(JSON.parse(new TextDecoder().decode(service('report', 'exit 0').bytes)) as { job: JsonObject }).job,
    Type: 'batch',
    Update: null,
  },
  submission: { source: '', format: 'json', variables: '' },
});
const systemJob = (priority: number) => {
  const { job } = JSON.parse(new TextDecoder().decode(service('agent', 'exec sleep 600').bytes)) as {
    job: JsonObject;
  };
  const [group] = job['TaskGroups'] as JsonObject[];
  const { ReschedulePolicy: _none, Count: _count, ...rest } = group ?? {};
  const { Update: _update, ...plain } = job;
  return makeUnit('nomad-job', 'shop/agent', 40, {
    job: { ...plain, Type: 'system', Priority: priority, TaskGroups: [rest] },
    submission: { source: '', format: 'json', variables: '' },
  });
};
const auth = () =>
  makeUnit('vault-auth', 'jwt-nomad', 35, {
    path: 'jwt-nomad',
    type: 'jwt',
    description: '',
    config: { jwks_url: `${servers.nomad.address}/.well-known/jwks.json` },
  });
const all = () => [namespace, mount, secret, policy, auth(), role, flags, systemJob(50), web, batch];

/** Every index that a write would move, as the servers tell them. */
async function indexes(): Promise<unknown> {
  const jobs = (await servers.nomad.request('GET', 'jobs?namespace=*')) as {
    ID: string;
    JobModifyIndex: number;
  }[];
  const evaluations = (await servers.nomad.request('GET', 'evaluations?namespace=*')) as unknown[];
  const spaces = (await servers.nomad.request('GET', 'namespaces')) as {
    Name: string;
    ModifyIndex: number;
  }[];
  const [key] = (await servers.consul.request('GET', `kv/shop/${id}`)) as { ModifyIndex: number }[];
  const { data } = await servers.vault.request('GET', 'kv/metadata/shop/db');
  return {
    jobs: jobs.map((job) => [job.ID, job.JobModifyIndex]),
    evaluations: evaluations.length,
    spaces: spaces.map((space) => [space.Name, space.ModifyIndex]),
    key: key?.ModifyIndex,
    secret: data,
  };
}

test.serial('an empty cluster becomes what the tree says: processes run, secrets are made', async (t) => {
  const progress = await run(all());
  t.true(progress.done, JSON.stringify(progress.units, undefined, 1));
  const states = new Map(progress.units.map(({ unit, state }) => [unit, state]));
  t.is(states.get('nomad-job:shop/web'), 'healthy');
  t.is(states.get('nomad-job:shop/agent'), 'healthy');
  const value = (await servers.vault.request('GET', 'kv/data/shop/db'))['data'] as {
    data: { password: string };
  };
  t.regex(value.data.password, /^[A-Za-z0-9]{32}$/);
  const written = (await servers.vault.request('GET', 'sys/policies/acl/web'))['data'] as { policy: string };
  t.regex(written.policy, /aliases\.auth_jwt_[0-9a-f]+\.metadata/);
});

test.serial('five steps without a difference move no index anywhere', async (t) => {
  const before = await indexes();
  for (let again = 0; again < 5; again += 1) t.true((await step(all(), all())).done);
  t.deepEqual(await indexes(), before);
  const findings = await compareLive(
    ports,
    {
      environment: 'test',
      ...makeTree(all()),
      history: {
        converged: byKey(all()),
        owned: new Set(),
        failedSpecs: new Set(),
        retry: new Set(),
        ranOnce: new Set(),
      },
    },
    signal,
  );
  t.deepEqual([...new Set(findings.map(({ state }) => state))], ['equal']);
  t.deepEqual(await indexes(), before);
});

test.serial('a change of spread, restart and priority is applied', async (t) => {
  const changes: JsonObject[] = [
    { Spreads: [{ Attribute: '${node.datacenter}', Weight: 30 }] },
    { Priority: 61 },
  ];
  const changed = changes.map((change) => service('web', 'exec sleep 600', change));
  let former: MadeUnit = web;
  for (const next of changed) {
    const before = await nomad.jobs.read({ namespace: 'shop', id: 'web' }, signal);
    t.true((await run([namespace, next], [namespace, former])).done);
    t.is(
      (await nomad.jobs.read({ namespace: 'shop', id: 'web' }, signal))?.version,
      (before?.version ?? 0) + 1,
    );
    former = next;
  }
  t.true((await run([namespace, web], [namespace, former])).done);
});

test.serial('a hand-made change is found, and put right', async (t) => {
  const live = await nomad.jobs.read({ namespace: 'shop', id: 'web' }, signal);
  await servers.nomad.request('POST', 'jobs?namespace=shop', {
    Job: { ...live?.spec, Meta: { by: 'hand' } },
  });
  // Until Nomad has replaced the process, the way back to the definition is in place.
  await deployed('web');
  const history = {
    converged: byKey([web]),
    owned: new Set(['nomad-job:shop/web']),
    failedSpecs: new Set<string>(),
    retry: new Set<string>(),
    ranOnce: new Set<string>(),
  };
  const [finding] = await compareLive(ports, { environment: 'test', ...makeTree([web]), history }, signal);
  t.is(finding?.state, 'differs');
  t.deepEqual(finding?.notes, ['differs in Meta']);
  t.deepEqual(finding?.updates, ['g: create/destroy update 1']);
  t.true((await run([web], [web])).done);
  const [after] = await compareLive(ports, { environment: 'test', ...makeTree([web]), history }, signal);
  t.is(after?.state, 'equal');
});

test.serial(
  'a version that fails is told in its own words, taken back by Nomad, and not pushed again',
  async (t) => {
    const bad = service('web', 'echo broken >&2; exit 3');
    const failed = await run([bad], [web]);
    t.true(failed.failed, failed.summary);
    t.regex(failed.units[0]?.message ?? '', /Exit Code: 3|went back/);
    for (let tries = 0; tries < 160; tries += 1) {
      const [finding] = (await step([bad], [web])).units;
      if (/went back/.test(finding?.message ?? '')) break;
      await wait(250);
    }
    const before = await nomad.jobs.read({ namespace: 'shop', id: 'web' }, signal);
    for (let again = 0; again < 3; again += 1) t.true((await step([bad], [web])).failed);
    t.is((await nomad.jobs.read({ namespace: 'shop', id: 'web' }, signal))?.version, before?.version);
    const good = await run([web], [bad]);
    t.true(good.done, good.summary);
  },
);

test.serial('a job that fits nowhere waits and says what is short', async (t) => {
  const huge = service('huge', 'exec sleep 600', {}, {});
  const { job } = JSON.parse(new TextDecoder().decode(huge.bytes)) as { job: JsonObject };
  const constrained = makeUnit('nomad-job', 'shop/huge', 60, {
    job: { ...job, Constraints: [{ LTarget: '${attr.kernel.name}', RTarget: 'plan9', Operand: '=' }] },
    submission: { source: '', format: 'json', variables: '' },
  });
  await step([constrained], [namespace]);
  await wait(500);
  const progress = await step([constrained], [namespace]);
  t.is(progress.units[0]?.state, 'progressing');
  t.regex(progress.units[0]?.message ?? '', /"\$\{attr\.kernel\.name\} = plan9" leaves out 1 node/);
});

test.serial('a job stopped by hand is held, and healed when asked', async (t) => {
  await servers.nomad.request('DELETE', 'job/web?namespace=shop');
  const held = await step([web], [web]);
  t.is(held.units[0]?.state, 'held');
  const healing: MadeUnit = { ...web, entry: { ...web.entry, options: { onStopped: 'Heal' } } };
  t.true((await run([healing], [healing])).done);
  t.false((await nomad.jobs.read({ namespace: 'shop', id: 'web' }, signal))?.stopped);
});

test.serial('what is no longer defined goes, in reverse; what is in use or precious stays', async (t) => {
  const huge = service('huge', 'x');
  const gone = await run([web], [...all(), huge]);
  const states = new Map(gone.units.map(({ unit, state }) => [unit, state]));
  t.is(states.get('nomad-job:shop/agent'), 'deleted');
  t.is(states.get('nomad-namespace:shop'), 'orphaned');
  t.is(states.get('vault-secret:kv/shop/db'), 'orphaned');
  t.is(states.get('vault-mount:kv'), 'orphaned');
  t.is(states.get('vault-role:jwt-nomad/web'), 'deleted');
  t.is(states.get('vault-auth:jwt-nomad'), 'deleted');
  t.true(gone.done, gone.summary);
  t.is(await vault.roles.read('jwt-nomad/web', signal).catch(() => undefined), undefined);
});
