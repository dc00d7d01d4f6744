import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import test, { type ExecutionContext } from 'ava';
import { type AgentHome, createHome, digestOf, unitPids, waitFor, waitForHash } from './agent-fixture.ts';
import { makeKeys, makePayload, type Wanted } from './make-payload.ts';

const keys = await makeKeys();
const program = fileURLToPath(new URL('agent-process.ts', import.meta.url));

const unit = (seconds: number) => `[Service]\nExecStart=/bin/sleep ${seconds}\nRestart=always\n`;
const first = makePayload(keys, {
  files: [
    { path: '/etc/motd', text: 'one\n' },
    { path: '/etc/old', text: 'goes away\n' },
  ],
  units: [{ name: 'web.service', text: unit(1001) }],
  manifest: { order: { epoch: 1, sequence: 1, issue: 1 } },
});
const secondWanted: Wanted = {
  files: [
    { path: '/etc/motd', text: 'two\n' },
    { path: '/opt/app/conf', text: 'new\n' },
  ],
  units: [
    { name: 'web.service', text: unit(1002) },
    { name: 'side.service', text: unit(1003) },
  ],
};
const order = { epoch: 1, sequence: 2, issue: 2 };
// Long, so that on a busy machine the timer does not come before the next agent.
const second = makePayload(keys, { ...secondWanted, manifest: { order, confirmTimeoutMs: 120_000 } });
const hasty = makePayload(keys, { ...secondWanted, manifest: { order, confirmTimeoutMs: 1000 } });

interface Stage {
  readonly home: AgentHome;
  readonly start: (killAt?: string) => ChildProcess;
  readonly put: (value: Uint8Array) => Promise<void>;
  readonly cut: (isCut: boolean) => Promise<void>;
  readonly output: () => string;
}

async function begin(t: ExecutionContext): Promise<Stage> {
  const home = await createHome(keys);
  const [settingsFile, valueFile, cutFile] = ['settings.json', 'value', 'cut'].map((name) =>
    join(home.directory, name),
  );
  await writeFile(settingsFile ?? '', JSON.stringify(home.settings));
  const children: ChildProcess[] = [];
  let output = '';
  t.teardown(async () => {
    for (const child of children)
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
    await home.remove();
  });
  return {
    home,
    put: (value) => writeFile(valueFile ?? '', value),
    cut: (isCut) => writeFile(cutFile ?? '', isCut ? 'cut' : ''),
    output: () => output,
    start(killAt = 'never') {
      const args = [program, settingsFile ?? '', valueFile ?? '', killAt, cutFile ?? ''];
      const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
      child.stdout?.on('data', (data: Buffer) => (output += data.toString()));
      child.stderr?.on('data', (data: Buffer) => (output += data.toString()));
      children.push(child);
      return child;
    },
  };
}

async function killed(child: ChildProcess, stage: Stage): Promise<void> {
  if (child.signalCode === null && child.exitCode === null) {
    const timer = setTimeout(() => child.kill('SIGTERM'), 30_000);
    await once(child, 'exit');
    clearTimeout(timer);
  }
  if (child.signalCode !== 'SIGKILL')
    throw new Error(`the agent was not killed at its step\n${stage.output()}`);
}

async function applyFirst(stage: Stage): Promise<void> {
  await stage.put(first.value);
  const agent = stage.start();
  await waitForHash(stage.home, first.manifest.hash, 'applied', 30_000);
  agent.kill('SIGKILL');
  await killed(agent, stage);
}

let undisturbed = '';

test.serial('a killed agent leaves its units running, the next one adopts them', async (t) => {
  const stage = await begin(t);
  await applyFirst(stage);
  const before = await unitPids(stage.home, 'web.service');
  t.is(before.length, 1);
  const started = Date.now();
  stage.start();
  await waitFor('two seconds of supervision', async () => {
    const heartbeat = /^drover_l1_heartbeat_timestamp_seconds (\S+)$/m.exec(await stage.home.metrics())?.[1];
    return Number(heartbeat) * 1000 - started > 2000;
  });
  t.deepEqual(await unitPids(stage.home, 'web.service'), before);
});

test.serial('undisturbed, the second payload ends as applied', async (t) => {
  const stage = await begin(t);
  await applyFirst(stage);
  await stage.put(second.value);
  stage.start();
  await waitForHash(stage.home, second.manifest.hash, 'applied', 30_000);
  undisturbed = await digestOf(stage.home.root);
  t.is(await stage.home.read('/etc/motd'), 'two\n');
  t.is(await stage.home.read('/etc/old'), undefined);
});

/** One of each phase; all of them with DROVER_TEST_LONG=1. */
const shortSteps = ['verified', 'applying', 'file /etc/motd', 'unit web.service', 'confirming', 'ended'];
const longSteps = [
  'verified',
  'backed-up',
  'applying',
  'file /etc/motd',
  'file /opt/app/conf',
  'file /etc/systemd/system/web.service',
  'file /etc/old',
  'unit web.service',
  'unit side.service',
  'checked',
  'confirming',
  'ended',
];

for (const step of process.env['DROVER_TEST_LONG'] === '1' ? longSteps : shortSteps) {
  test.serial(`killed at "${step}", the next agent ends where an undisturbed one does`, async (t) => {
    const stage = await begin(t);
    await applyFirst(stage);
    await stage.put(second.value);
    await killed(stage.start(step), stage);
    stage.start();
    await waitForHash(stage.home, second.manifest.hash, 'applied', 30_000);
    t.is(await digestOf(stage.home.root), undisturbed);
    for (const name of ['web.service', 'side.service']) {
      t.is((await unitPids(stage.home, name)).length, 1, `${name}\n${stage.output()}`);
    }
    const journal = await stage.home.journal();
    t.is(journal?.run, undefined);
    t.is(journal?.applied?.hash, second.manifest.hash);
  });
}

test.serial('killed three times in one payload, it is failed and everything is back', async (t) => {
  const stage = await begin(t);
  await applyFirst(stage);
  const before = await digestOf(stage.home.root);
  await stage.put(second.value);
  for (let round = 0; round < 3; round++) await killed(stage.start('file /etc/motd'), stage);
  stage.start();
  await waitForHash(stage.home, second.manifest.hash, 'failed', 30_000);
  t.is(await digestOf(stage.home.root), before);
  t.is((await unitPids(stage.home, 'web.service')).length, 1);
});

test.serial('the revert timer puts everything back when the agent dies and does not come back', async (t) => {
  const stage = await begin(t);
  await applyFirst(stage);
  const before = await digestOf(stage.home.root);
  await stage.put(hasty.value);
  await killed(stage.start('confirming'), stage);
  t.is(await stage.home.read('/etc/motd'), 'two\n');
  await waitFor('the timer', async () => (await stage.home.journal())?.state === 'reverted', 90_000);
  t.is(await digestOf(stage.home.root), before);
  t.is((await unitPids(stage.home, 'web.service')).length, 1);
  t.is((await unitPids(stage.home, 'side.service')).length, 0);
  stage.start();
  await waitForHash(stage.home, hasty.manifest.hash, 'reverted', 30_000);
  t.is(await stage.home.read('/etc/motd'), 'one\n');
});

test.serial(
  'an agent that hangs before its confirmation finds everything reverted once, not twice',
  async (t) => {
    const stage = await begin(t);
    await applyFirst(stage);
    const before = await digestOf(stage.home.root);
    await stage.put(hasty.value);
    const hung = stage.start('stop:confirming');
    await waitFor('the timer', async () => (await stage.home.journal())?.state === 'reverted', 90_000);
    const pids = await unitPids(stage.home, 'web.service');
    hung.kill('SIGCONT');
    await waitForHash(stage.home, hasty.manifest.hash, 'reverted', 30_000);
    t.is(await digestOf(stage.home.root), before);
    t.is(pids.length, 1);
    t.deepEqual(await unitPids(stage.home, 'web.service'), pids);
  },
);

test.serial('cut off when it comes back in mid-confirmation, everything goes back', async (t) => {
  const stage = await begin(t);
  await applyFirst(stage);
  const before = await digestOf(stage.home.root);
  await stage.put(hasty.value);
  await killed(stage.start('confirming'), stage);
  await stage.cut(true);
  stage.start();
  await waitFor('the revert', async () => (await stage.home.journal())?.state === 'reverted', 30_000);
  t.is(await digestOf(stage.home.root), before);
  t.regex((await stage.home.journal())?.error ?? '', /no contact within/);
});
