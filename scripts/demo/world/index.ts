import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { unmountBelow } from '../../lab/mounts.ts';
import type { Narrator } from '../narrator.ts';
import { createBase, environment, projectRoot, serverNames, type WorldBase } from './base.ts';
import { createWorldController, type WorldController } from './controller.ts';
import { copySampleFleet, createFleetCheckout, type FleetCheckout } from './fleet-checkout.ts';
import { createForgePerson, type ForgePerson } from './forge-person.ts';
import { createReader, type ReadComponent } from './read-component.ts';
import { createDemoServer, type DemoServer } from './server.ts';

export { environment, serverNames } from './base.ts';
export type { DemoServer } from './server.ts';

const run = promisify(execFile);

/**
 * A whole fleet on loopback: control plane, forge with two people, a controller and three servers with their agents.
 * Everything is real; nothing of Drover runs before it is started.
 */
export interface World {
  readonly directory: string;
  readonly narrator: Narrator;
  readonly lab: WorldBase['lab'];
  readonly repository: WorldBase['repository'];
  readonly nomadProgram: string;
  readonly alice: ForgePerson;
  readonly bob: ForgePerson;
  /** Alice's working copy of the definitions, not pushed yet. */
  readonly fleet: FleetCheckout;
  readonly servers: readonly DemoServer[];
  readonly controller: WorldController;
  /** Runs `drover …` with the controller's config, as a person does. */
  drover(...args: string[]): Promise<{ readonly output: string; readonly exitCode: number }>;
  readonly consul: ReadComponent;
  readonly nomad: ReadComponent;
  readonly vault: ReadComponent;
  /** Ends everything; nothing is left running. */
  stop(): Promise<void>;
}

export async function createWorld(directory: string, narrator: Narrator): Promise<World> {
  const base = await createBase(directory, (line) => narrator.line(line));
  try {
    return await furnish(base, narrator);
  } catch (error) {
    await base.lab.stopAll();
    throw error;
  }
}

async function furnish(base: WorldBase, narrator: Narrator): Promise<World> {
  const { lab, repository, directory } = base;
  const controller = await createWorldController(base);
  const servers = await Promise.all(
    serverNames.map((name, index) =>
      createDemoServer(base, {
        name,
        address: `${base.subnet}.${11 + index}`,
        trustedKey: controller.publicKey,
      }),
    ),
  );
  const { consul, nomad, vault } = lab;
  const readNomad = createReader({
    url: nomad.url,
    header: 'x-nomad-token',
    tokenFile: nomad.tokens.bootstrap,
  });
  return {
    directory,
    narrator,
    lab,
    repository,
    nomadProgram: base.nomad,
    alice: await createPerson(base, 'alice'),
    bob: await createPerson(base, 'bob'),
    fleet: await createFleet(base, servers),
    servers,
    controller,
    drover: (...args) => runDrover(base, [...args, '--config', controller.configFile]),
    consul: createReader({ url: consul.url, header: 'x-consul-token', tokenFile: consul.tokens.bootstrap }),
    nomad: readNomad,
    vault: createReader({ url: vault.url, header: 'x-vault-token', tokenFile: vault.tokens.root }),
    async stop() {
      await controller.program.stop();
      await Promise.all(servers.map(({ agent }) => agent.stop()));
      await purgeJobs(base, readNomad);
      await lab.stopAll();
      await unmountBelow(directory);
    },
  };
}

async function createPerson({ lab, repository }: WorldBase, user: 'alice' | 'bob'): Promise<ForgePerson> {
  const token = (await readFile(lab.gitea.users[user].tokenFile, 'utf8')).trim();
  return createForgePerson({ baseUrl: lab.gitea.url, repository: repository.name, login: user, token });
}

/** The sample fleet with what is found at run time, and the keys of the servers. */
async function createFleet(base: WorldBase, servers: readonly DemoServer[]): Promise<FleetCheckout> {
  const { lab, repository, directory } = base;
  const fleet = await createFleetCheckout({
    directory: path.join(directory, 'fleet'),
    cloneUrl: repository.cloneUrl,
    login: 'alice',
    tokenFile: lab.gitea.users.alice.tokenFile,
  });
  await copySampleFleet({
    from: path.join(projectRoot, 'manifests/examples/demo'),
    to: fleet.directory,
    environment,
    vars: {
      subnet: base.subnet,
      root: path.join(directory, 'servers'),
      nomadCommand: base.nomad,
      nodeCommand: process.execPath,
      nomadServers: [lab.nomad.rpcAddress],
      nomadAddress: lab.nomad.url,
      consulAddress: lab.consul.url,
      vaultAddress: lab.vault.url,
      labMark: lab.id,
    },
  });
  for (const { name, keyDocument } of servers) {
    await fleet.write(`environments/${environment}/keys/${name}.yaml`, keyDocument);
  }
  return fleet;
}

async function runDrover(base: WorldBase, args: readonly string[]): ReturnType<World['drover']> {
  try {
    const { stdout } = await run(base.drover, args, { env: base.env, timeout: 60_000 });
    return { output: stdout, exitCode: 0 };
  } catch (error) {
    const { stdout = '', stderr = '', code } = error as { stdout?: string; stderr?: string; code?: number };
    return { output: `${stdout}${stderr}`, exitCode: code ?? 1 };
  }
}

/** Jobs go before the lab ends: an executor outlives a client that is stopped under it. */
async function purgeJobs({ lab }: WorldBase, nomad: ReadComponent): Promise<void> {
  const token = (await readFile(lab.nomad.tokens.bootstrap, 'utf8')).trim();
  const jobs = await nomad<{ ID: string; Namespace: string }[]>('/v1/jobs?namespace=*').catch(() => []);
  await Promise.allSettled(
    jobs.map(({ ID, Namespace }) =>
      fetch(`${lab.nomad.url}/v1/job/${encodeURIComponent(ID)}?purge=true&namespace=${Namespace}`, {
        method: 'DELETE',
        headers: { 'x-nomad-token': token },
        signal: AbortSignal.timeout(5_000),
      }),
    ),
  );
}
