import path from 'node:path';
import { type Child, createChild } from './child.ts';
import { labVariable } from './leftovers.ts';

/** What all servers of one lab have in common. */
export interface LabContext {
  readonly id: string;
  readonly directory: string;
  readonly address: string;
  readonly log: (line: string) => void;
}

/** A real server with a data folder, that can be restarted without losing anything. */
export interface LabServer {
  readonly name: string;
  /** `http://address:port`, the same after each restart. */
  readonly url: string;
  readonly logFile: string;
  pid(): number | undefined;
  /** Returns when the server answers and is set up. Fine when it runs. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** SIGKILL, as a power cut. */
  kill(): Promise<void>;
  restart(): Promise<void>;
}

export interface ServerSpec {
  readonly name: string;
  readonly url: string;
  readonly binary: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Waits until it answers and sets up what is missing; may be repeated. */
  readonly ready: (isLost: () => string | undefined) => Promise<void>;
}

/** The folder of one component's data, configuration and tokens. */
export function folderOf(context: LabContext, name: string): string {
  return path.join(context.directory, name);
}

/** A small environment of our own: what the user exported for Nomad, Consul, Vault, Go or AWS changes nothing. */
export function labEnvironment(context: LabContext, home: string): Readonly<Record<string, string>> {
  return {
    PATH: process.env['PATH'] ?? '/usr/bin:/bin',
    HOME: home,
    LANG: 'C.UTF-8',
    [labVariable]: context.id,
  };
}

export function createLabServer(context: LabContext, spec: ServerSpec): LabServer {
  const folder = folderOf(context, spec.name);
  const logFile = path.join(folder, `${spec.name}.log`);
  const env = { ...labEnvironment(context, folder), ...spec.env };
  const child: Child = createChild({ ...spec, env, cwd: folder, logFile });

  async function start(): Promise<void> {
    if (child.pid() !== undefined) return;
    const startedAt = Date.now();
    await child.start();
    await spec.ready(child.lost);
    context.log(`${spec.name} at ${spec.url} after ${((Date.now() - startedAt) / 1000).toFixed(1)} s`);
  }

  return {
    name: spec.name,
    url: spec.url,
    logFile,
    pid: child.pid,
    start,
    stop: child.stop,
    kill: child.kill,
    restart: async () => {
      await child.stop();
      await start();
    },
  };
}
