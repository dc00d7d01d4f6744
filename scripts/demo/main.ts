import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { ensureTools, toolNames } from '../toolchain/index.ts';
import type { Act, Stage } from './acts/act.ts';
import { drift } from './acts/drift.ts';
import { firstRollout } from './acts/first-rollout.ts';
import { redPull } from './acts/red-pull.ts';
import { rollback } from './acts/rollback.ts';
import { secondChange } from './acts/second-change.ts';
import { createNarrator, timeTable } from './narrator.ts';
import { createWorld, type World } from './world/index.ts';

const acts: readonly Act[] = [firstRollout, secondChange, redPull, drift, rollback];

const usage = `npm run demo [-- OPTIONS]
  --keep   leave everything running at the end and print how to log in to the forge
  --fast   skip the later acts
  --kill   kill -9 the controller in each act and start it again (the test does)
`;

const { values } = parseArgs({
  options: {
    keep: { type: 'boolean', default: false },
    fast: { type: 'boolean', default: false },
    kill: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
});

const narrator = createNarrator((text) => void process.stdout.write(text));

function createStage(world: World): Stage {
  return {
    converged: [],
    async disturb() {
      if (!values.kill) return;
      await sleep(300 + Math.random() * 1500);
      await world.controller.program.kill();
      world.narrator.line('⚡ kill -9 of the controller, and a new one');
      world.controller.program.start();
    },
  };
}

async function play(world: World): Promise<void> {
  const stage = createStage(world);
  for (const act of acts) {
    if (values.fast && act.isLater) continue;
    narrator.act(act.name);
    await act.run(world, stage);
  }
}

async function keepRunning(world: World): Promise<void> {
  narrator.act('left running; Ctrl-C ends everything');
  narrator.url('forge', world.lab.gitea.url);
  narrator.line(`log in as alice, password in ${world.lab.gitea.users.alice.passwordFile}`);
  narrator.line(`status: scripts/drover status --config ${world.controller.configFile}`);
  await new Promise<void>((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });
}

async function explain(world: World, error: unknown): Promise<void> {
  process.stdout.write(`\n✗ ${error instanceof Error ? error.message : String(error)}\n`);
  for (const program of [world.controller.program, ...world.servers.map(({ agent }) => agent)]) {
    process.stdout.write(
      `\n── last lines of ${program.name} (${program.logFile})\n${await program.logTail(12)}\n`,
    );
  }
}

async function main(): Promise<number> {
  if (values.help) {
    process.stdout.write(usage);
    return 0;
  }
  narrator.act('components');
  await ensureTools(toolNames, { log: (line) => narrator.line(line) });
  const directory = await mkdtemp(path.join(tmpdir(), 'drover-demo-'));
  narrator.act('control plane on loopback: Consul, Nomad, Vault, Gitea');
  const world = await createWorld(directory, narrator);
  let exitCode = 0;
  try {
    await play(world);
    if (values.keep) await keepRunning(world);
  } catch (error) {
    exitCode = 1;
    await explain(world, error);
  }
  narrator.act('clean up');
  await world.stop();
  if (exitCode === 0) await rm(directory, { recursive: true, force: true });
  process.stdout.write(`\n${timeTable(narrator.times())}`);
  process.stdout.write(
    exitCode === 0 ? '\n✓ every act was seen\n' : `\n✗ data and logs stay in ${directory}\n`,
  );
  return exitCode;
}

process.exitCode = await main();
