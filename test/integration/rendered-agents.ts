import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { dirname, join } from 'node:path';
import { analyse } from '../../controller/analyse/analyse.ts';
import { readServers, type ServerFolder } from '../../controller/apply/l1/read-servers.ts';
import { compileProject } from '../../controller/compile/compile-project.ts';
import { createFleet } from '../../controller/compile/create-fleet.ts';
import type { Fleet } from '../../controller/kinds/kind.ts';
import type { Diagnostic } from '../../controller/model/diagnostic.ts';
import type { ProbeSpec, ServerDocument } from '../../controller/model/payload.ts';
import type { SourceTree } from '../../controller/model/source.ts';
import { renderEnvironment } from '../../controller/render/render-environment.ts';
import { endLeftovers, labVariable } from '../../scripts/lab/leftovers.ts';
import { unmountBelow } from '../../scripts/lab/mounts.ts';
import { waitUntil } from '../../scripts/lab/wait-until.ts';
import { ensureTool } from '../../scripts/toolchain/index.ts';
import { sourceOf } from '../compile/source-of.ts';
import { endChild } from './end-child.ts';

export interface RenderedFleet {
  readonly fleet: Fleet;
  readonly errors: readonly Diagnostic[];
  document(server: string): ServerDocument;
  /** What the controller seals for a server, secrets as references. */
  folder(server: string): ServerFolder;
  /** The text of a file of a server, its secrets filled in. */
  file(server: string, path: string): string;
}

/** One environment `test` of these definitions, rendered; each secret has the value that `secrets` gives its key. */
export function renderFleet(
  definitions: string,
  secrets: Readonly<Record<string, string>> = {},
): RenderedFleet {
  const project = `apiVersion: drover.dev/v1alpha1
kind: Project
metadata: {name: acme}
spec: {environments: {test: {folders: [base], cluster: test}}}
`;
  return renderSource(sourceOf({ 'drover.yaml': project, 'base/fleet.yaml': definitions }), 'test', secrets);
}

/** One environment of a source tree, without the jobs that Nomad's parser would have to read. */
export function renderSource(
  source: SourceTree,
  environment: string,
  secrets: Readonly<Record<string, string>>,
): RenderedFleet {
  const { diagnostics, environments } = compileProject(source, { droverVersion: '0.4.0' });
  const compiled = environments.get(environment);
  if (compiled === undefined) throw new Error(JSON.stringify(diagnostics));
  const { fleet } = createFleet(compiled, source, new Map());
  const revision = { id: '0'.repeat(40), author: '', date: '1970-01-01T00:00:00Z', subject: '', body: '' };
  const provenance = { droverVersion: '0.4.0', parserVersion: '', repoUrl: '', revision };
  const rendered = renderEnvironment(fleet, provenance);
  const found = [...diagnostics, ...compiled.diagnostics, ...analyse(fleet), ...rendered.diagnostics];
  const textOf = (path: string) => new TextDecoder().decode(rendered.tree.get(path));
  const document = (server: string) => JSON.parse(textOf(`servers/${server}/payload.json`)) as ServerDocument;
  return {
    fleet,
    errors: found.filter(({ severity }) => severity === 'error'),
    document,
    folder(server) {
      const found = readServers(rendered.tree, rendered.inventory).find(({ name }) => name === server);
      if (found === undefined) throw new Error(`there is no server ${server}`);
      return found;
    },
    file(server, path) {
      const spec = document(server).files.find((one) => one.path === path);
      if (spec === undefined || !('content' in spec)) throw new Error(`${server} has no ${path}`);
      return textOf(`servers/${server}/${spec.content}`).replaceAll(
        /\$\{\{ secret\("[^"]+", "([^"]+)"\) \}\}/g,
        (_, key: string) => secrets[key] ?? '',
      );
    },
  };
}

export type Program = 'consul' | 'nomad' | 'vault';

export interface Agents {
  readonly folder: string;
  /**
   * Writes the configuration as rendered and runs the program with it, as the unit's ExecStart says. Certificates are looked
   * for below the server's own folder, not below `/etc`.
   */
  start(fleet: RenderedFleet, server: string, program: Program): Promise<void>;
  stop(): Promise<void>;
}

/** Real agents with what was rendered, in a folder of their own. */
export function createAgents(folder: string): Agents {
  const mark = randomUUID();
  const children: ChildProcess[] = [];
  return {
    folder,
    async start(fleet, server, program) {
      const { binary } = await ensureTool(program, { log: () => undefined });
      const file = join(folder, server, `${program}.json`);
      await mkdir(dirname(file), { recursive: true });
      const text = fleet.file(server, `/etc/${program}.d/${program}.json`);
      await writeFile(file, text.replaceAll('"/etc/', `"${join(folder, server)}/etc/`));
      const data = fleet.document(server).directories.filter(({ path }) => path.startsWith(folder));
      for (const { path } of data) await mkdir(path, { recursive: true, mode: 0o711 });
      const env = { PATH: '/usr/bin:/bin', HOME: folder, [labVariable]: mark };
      const argv = {
        consul: ['agent', '-config-file'],
        nomad: ['agent', '-config'],
        vault: ['server', '-config'],
      };
      const child = spawn(binary, [...argv[program], file], { stdio: 'ignore', env });
      children.push(child);
      const probes = fleet.document(server).checks.filter(({ name }) => name === `${program}-answers`);
      const lost = () => (child.exitCode === null ? undefined : `it ended with ${child.exitCode}`);
      for (const probe of probes) await passes(probe, `${program} on ${server}`, lost);
    },
    async stop() {
      await Promise.all(children.map(endChild));
      await endLeftovers(mark);
      await unmountBelow(folder);
    },
  };
}

/** As the node does it: a status below 400. */
async function passes(probe: ProbeSpec, what: string, lost: () => string | undefined): Promise<void> {
  await waitUntil(
    what,
    60_000,
    async (signal) => {
      if (probe.tcp !== undefined) return await connects(probe.tcp);
      const { status } = await fetch(probe.http ?? '', { signal });
      return status < 400 ? true : undefined;
    },
    lost,
  );
}

async function connects(target: string): Promise<true> {
  const { hostname, port } = new URL(`tcp://${target}`);
  const socket = connect({ host: hostname, port: Number(port) });
  await once(socket, 'connect');
  socket.destroy();
  return true;
}
