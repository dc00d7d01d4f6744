import { access, readFile } from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import { consulKeys } from '../../controller/model/payload.ts';
import { decodeValue } from '../../controller/model/payload-codec.ts';
import { readMetrics } from '../../scripts/demo/acts/first-rollout.ts';
import { eventually } from '../../scripts/demo/expect.ts';
import { type DemoServer, environment, type World } from '../../scripts/demo/world/index.ts';
import { watchedPlaces } from './canary.ts';
import { readComponentState } from './component-state.ts';
import { setBanner, setPriority, setSpread, setTaskRestart, writeCache } from './fleet-edits.ts';
import { flipByte, signedPayload } from './hostile-payloads.ts';
import {
  awaitStatus,
  countRuns,
  type LoopWorld,
  putConsulKey,
  readControllerMetrics,
  reconcile,
  setWebhooks,
  startLoopWorld,
  sumOf,
} from './loop-world.ts';
import { findSecret } from './secret-finder.ts';
import { digestServerFiles } from './server-files.ts';

const minuteMs = 60_000;
const victim = 'web-2';
const others = ['web-1', 'web-3'] as const;

let loop: LoopWorld;
let world: World;

test.before(async (t) => {
  t.timeout(6 * minuteMs);
  loop = await startLoopWorld((line) => t.log(line));
  world = loop.world;
});

test.after.always(async (t) => {
  t.timeout(minuteMs);
  await loop?.stop();
});

function serverOf(name: string): DemoServer {
  const server = world.servers.find((known) => known.name === name);
  if (server === undefined) throw new Error(`there is no server ${name}`);
  return server;
}

async function payloadOf(name: string): Promise<Buffer<ArrayBuffer>> {
  const key = consulKeys.payload(environment, name);
  const [entry] = await world.consul<{ Value: string }[]>(`/v1/kv/${key}`);
  return Buffer.from(entry?.Value ?? '', 'base64');
}

/** The hash that a server says it has applied, and whether it is well. */
async function appliedBy(name: string): Promise<string> {
  const text = await readMetrics(serverOf(name));
  const info = text
    .split('\n')
    .find((line) => line.startsWith('drover_l1_info{') && line.includes('phase="applied"'));
  return `${/hash="([0-9a-f]+)"/.exec(info ?? '')?.[1]} ${sumOf(text, 'drover_l1_state', { state: 'applied' })}`;
}

test.serial('five reconciles without a change write nothing to any component', async (t) => {
  t.timeout(3 * minuteMs);
  const before = await eventually('a fleet at rest', async () => {
    const first = await readComponentState(world);
    await reconcile(world, 1);
    const second = await readComponentState(world);
    return JSON.stringify(first) === JSON.stringify(second) && second;
  });
  const runsBefore = await countRuns(world);
  await reconcile(world, 5);
  t.deepEqual(await readComponentState(world), before);
  for (const [index, runs] of (await countRuns(world)).entries())
    t.true(runs - (runsBefore[index] ?? 0) >= 5);
});

test.serial(
  'a server whose unit fails goes back, says why on the merge commit, and harms no other',
  async (t) => {
    t.timeout(4 * minuteMs);
    const motd = path.join(serverOf(victim).root, 'etc/motd');
    const motdBefore = await readFile(motd, 'utf8');
    const before = await Promise.all([victim, ...others].map(appliedBy));
    await writeCache(world.fleet, victim, 'echo slot 7 has no disk >&2; exit 3');
    const commit = await loop.merge('a cache that can not start');

    const { description } = await awaitStatus(world, commit, {
      context: 'drover/converge',
      status: 'failure',
    });
    t.true(description.includes(victim), description);
    t.true(description.includes('slot 7 has no disk'), description);
    t.is(await readFile(motd, 'utf8'), motdBefore);
    await t.throwsAsync(access(path.join(serverOf(victim).root, 'etc/cache.conf')), { code: 'ENOENT' });
    t.deepEqual(await Promise.all(others.map(appliedBy)), before.slice(1));
    t.is((await appliedBy(victim)).split(' ')[0], before[0]?.split(' ')[0]);
  },
);

test.serial('the next good commit after a failed one converges', async (t) => {
  t.timeout(4 * minuteMs);
  await writeCache(world.fleet, victim, 'exec sleep 1000000');
  await loop.rollOut('a cache that starts');
  t.is(await readFile(path.join(serverOf(victim).root, 'etc/motd'), 'utf8'), 'This is a cache.\n');
  t.is(await readFile(path.join(serverOf(victim).root, 'etc/cache.conf'), 'utf8'), 'slots=7\n');
});

interface ApiJob {
  readonly Priority: number;
  readonly Spreads: readonly { readonly Weight: number }[] | null;
  readonly TaskGroups: readonly {
    readonly Tasks: readonly { readonly RestartPolicy: { readonly Attempts: number } }[];
  }[];
}

const jobChanges = [
  {
    what: 'priority',
    change: setPriority,
    value: 65,
    read: ({ Priority }: ApiJob) => Priority,
  },
  {
    what: 'spread of the whole job',
    change: setSpread,
    value: 30,
    read: ({ Spreads }: ApiJob) => Spreads?.[0]?.Weight,
  },
  {
    what: 'restart block of a task',
    change: setTaskRestart,
    value: 7,
    read: ({ TaskGroups }: ApiJob) => TaskGroups[0]?.Tasks[0]?.RestartPolicy.Attempts,
  },
] as const;

for (const { what, change, value, read } of jobChanges) {
  test.serial(`a ${what} that alone changes in git is applied to the job`, async (t) => {
    t.timeout(4 * minuteMs);
    const readJob = () => world.nomad<ApiJob>('/v1/job/api?namespace=shop');
    t.not(read(await readJob()), value);
    await change(world.fleet, value);
    await loop.rollOut(`another ${what}`);
    t.is(read(await readJob()), value);
  });
}

async function acceptedWebhooks(): Promise<number> {
  return sumOf(await readControllerMetrics(world), 'drover_webhooks_total', { outcome: 'accepted' });
}

async function readBanner(): Promise<string> {
  const [entry] = await world.consul<{ Value: string }[]>('/v1/kv/shop/banner');
  return Buffer.from(entry?.Value ?? '', 'base64').toString('utf8');
}

test.serial('without webhooks a change goes through by polling', async (t) => {
  t.timeout(4 * minuteMs);
  await setWebhooks(world, 'off');
  const before = await acceptedWebhooks();
  await setBanner(world.fleet, 'Free delivery, by polling');
  await loop.rollOut('a banner by polling');
  t.is(await readBanner(), 'Free delivery, by polling');
  t.is(await acceptedWebhooks(), before);
});

test.serial('with webhooks a push is told at once', async (t) => {
  t.timeout(4 * minuteMs);
  await setWebhooks(world, 'on');
  const before = await acceptedWebhooks();
  await setBanner(world.fleet, 'Free delivery, by webhook');
  await loop.rollOut('a banner by webhook');
  t.is(await readBanner(), 'Free delivery, by webhook');
  t.true((await acceptedWebhooks()) > before);
});

const hostile = [
  { what: "another server's value", reason: 'recipient', make: () => payloadOf(others[0]) },
  { what: 'a flipped byte', reason: 'seal', make: async () => flipByte(await payloadOf(victim)) },
  {
    what: 'a value of another environment',
    reason: 'environment',
    make: () => signedPayload(world, serverOf(victim), { environment: 'prod', sequence: 1_000 }),
  },
  {
    what: 'a lower order',
    reason: 'order',
    make: () => signedPayload(world, serverOf(victim), { environment, sequence: 1 }),
  },
] as const;

test.serial('a forged value under a server’s key is refused, counted and changes no file', async (t) => {
  t.timeout(3 * minuteMs);
  await world.controller.program.stop();
  const own = await payloadOf(victim);
  const files = await digestServerFiles(serverOf(victim));
  const countRejected = async (reason: string) =>
    sumOf(await readMetrics(serverOf(victim)), 'drover_l1_rejected_total', { reason });
  for (const { what, reason, make } of hostile) {
    await putConsulKey(world, consulKeys.payload(environment, victim), own);
    const value = await make();
    const before = await countRejected(reason);
    await putConsulKey(world, consulKeys.payload(environment, victim), value);
    await eventually(
      `${what} counted as ${reason}`,
      async () => (await countRejected(reason)) === before + 1,
      {
        timeoutMs: 20_000,
      },
    );
    t.is(await digestServerFiles(serverOf(victim)), files, what);
  }
});

test.serial(
  'a controller that finds a forged value writes its own again, and the fleet converges',
  async (t) => {
    t.timeout(3 * minuteMs);
    world.controller.program.start();
    await eventually('a fleet that is ready', async () => {
      if (!world.controller.program.isRunning()) throw new Error(await world.controller.program.logTail(5));
      const wellServers = await Promise.all([victim, ...others].map(appliedBy));
      const said = await world.drover('status');
      const isCounted = said.exitCode === 0 && /3\/3 servers/.test(said.output);
      return wellServers.every((well) => well.endsWith(' 1')) && isCounted;
    });
    const header = decodeValue(await payloadOf(victim))?.header;
    t.is(header?.hash, (await appliedBy(victim)).split(' ')[0]);
  },
);

test.serial('status, doctor and the help of rollback say what a person needs', async (t) => {
  t.timeout(minuteMs);
  const status = await world.drover('status');
  t.is(status.exitCode, 0, status.output);
  t.regex(status.output, new RegExp(`^${environment}  at [0-9a-f]{12}`));
  t.regex(status.output, /Ready +True +Converged/);
  for (const name of [victim, ...others]) t.regex(status.output, new RegExp(`server ${name} +converged`));

  const doctor = await world.drover('doctor');
  t.is(doctor.exitCode, 0, doctor.output);
  t.notRegex(doctor.output, /^FAIL/m);
  for (const system of ['consul', 'nomad', 'vault']) t.regex(doctor.output.toLowerCase(), new RegExp(system));

  const help = await world.drover('rollback', '--help');
  t.is(help.exitCode, 0);
  t.regex(help.output, /Examples:\n {2}drover rollback prod --to/);
});

const tenant = (prefixes: string) =>
  `  tenants: [{path: base/shop/**, kinds: [ConsulKey], jobs: {consulPrefixes: [${prefixes}]}}]\n`;

const policy = `apiVersion: drover.dev/v1alpha1
kind: Policy
metadata: {name: no-blog}
spec: {match: {kinds: [ConsulKey]}, rule: '!resource.spec.key.startsWith("blog/")', message: "{name} is of the blog"}
`;

test.serial('a pull request that loosens what judges it is refused at the forge', async (t) => {
  t.timeout(3 * minuteMs);
  await world.fleet.edit('drover.yaml', (text) => text + tenant('shop/'));
  await world.fleet.write('base/policies.yaml', policy);
  await loop.merge('a tenant and a policy');

  await world.fleet.branch('grab');
  await world.fleet.edit('drover.yaml', (text) => text.replace(tenant('shop/'), tenant('shop/, blog/')));
  await world.fleet.write(
    'base/shop/keys.yaml',
    'apiVersion: drover.dev/v1alpha1\nkind: ConsulKey\nmetadata: {name: title}\nspec: {key: blog/title, value: mine}\n',
  );
  await world.fleet.write('base/policies.yaml', '');
  await world.fleet.push('a key of somebody else');
  const pull = await world.bob.createPull({ head: 'grab', base: 'main', title: 'Grab', body: '' });
  await eventually('a red drover/validate', async () => {
    const statuses = await world.bob.statuses(pull.head.sha);
    return statuses.some(({ context, status }) => context === 'drover/validate' && status === 'failure');
  });
  const said = await eventually('a comment that tells the way', async () => {
    const comments = await world.bob.comments(pull.number);
    return comments.find(({ user, body }) => user.login === 'drover' && body.includes('blog/title'))?.body;
  });
  t.regex(said, /base\/shop\/keys\.yaml:4:/);
  t.regex(said, /widen them in a change of its own/);
  t.regex(said, /\*\*error DRV0930\*\* no\\?-blog: title is of the blog/);
  t.regex(said, /policies are judged as main has them: loosen them in a change of its own/);
  await world.bob.close(pull.number);
});

const canary = 'canary/7+yes? &ö=1%';
const forms = ['plain', 'base64', 'url'] as const;

test.serial('the value of a generated secret is nowhere, and the finder sees what is planted', async (t) => {
  t.timeout(4 * minuteMs);
  const places = watchedPlaces(world);
  for (const { place, plant } of places) {
    const texts = {
      plain: canary,
      base64: Buffer.from(`x${canary}`).toString('base64'),
      url: encodeURIComponent(canary),
    };
    for (const form of forms) {
      const remove = await plant(texts[form]);
      const found = await findSecret([place], canary);
      t.true(
        found.some((where) => where.endsWith(`(${form})`)),
        `${place.name}: ${form}`,
      );
      await remove();
    }
  }
  const secret = await world.vault<{ data: { data: { password: string } } }>('/v1/kv/data/shop/db');
  const { password } = secret.data.data;
  t.is(password.length, 32);
  t.deepEqual(
    await findSecret(
      places.map(({ place }) => place),
      password,
    ),
    [],
  );
});
