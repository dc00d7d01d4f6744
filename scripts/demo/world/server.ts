import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { stringify } from 'yaml';
import { environment, type WorldBase } from './base.ts';
import { createProgram, type Program } from './program.ts';

const run = promisify(execFile);

/** One simulated server: its own loopback address, root folder, node_exporter and agent. */
export interface DemoServer {
  readonly name: string;
  readonly address: string;
  /** What is `/` on a real server. */
  readonly root: string;
  readonly stateDirectory: string;
  readonly metricsUrl: string;
  readonly agent: Program;
  /** The ServerKey document that lets it join. */
  readonly keyDocument: string;
}

export interface ServerRequest {
  readonly name: string;
  readonly address: string;
  readonly trustedKey: string;
}

/** A server with keys, token, settings and a running node_exporter; its agent is not started. */
export async function createDemoServer(base: WorldBase, request: ServerRequest): Promise<DemoServer> {
  const { name, address } = request;
  const { lab, drover, env, directory } = base;
  const home = path.join(directory, 'agents', name);
  const root = path.join(directory, 'servers', name);
  const textfileDirectory = path.join(home, 'textfile');
  await mkdir(root, { recursive: true });
  await mkdir(textfileDirectory, { recursive: true });
  const { stdout } = await run(drover, ['keys', 'server', name, '--out', home], { env });
  const stateDirectory = path.join(home, 'state');
  const settings = {
    fleet: 'acme',
    environment,
    server: name,
    root,
    stateDirectory,
    consul: {
      address: lab.consul.url,
      tokenFile: await lab.consul.createAgentToken({ environment, server: name }),
    },
    keyFile: path.join(home, `${name}.key`),
    trustedKeys: [request.trustedKey],
    textfileDirectory,
    intervalMs: 1_000,
    manager: 'process',
  };
  const file = path.join(home, 'agent.yaml');
  await writeFile(file, stringify(settings));
  await lab.startNodeExporter({ name, address, port: base.metricsPort, textfileDirectory });
  return {
    name,
    address,
    root,
    stateDirectory,
    metricsUrl: `http://${address}:${base.metricsPort}/metrics`,
    keyDocument: stdout,
    agent: createProgram({
      name: `agent ${name}`,
      command: drover,
      args: ['agent', '--config', file],
      env,
      logFile: path.join(directory, `logs/agent-${name}.log`),
    }),
  };
}
