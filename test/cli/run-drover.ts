import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ExecutionContext } from 'ava';
import type { ExitCode } from '../../controller/cli/io.ts';
import { runProgram } from '../../controller/cli/program.ts';
import { verbs } from '../../controller/cli/verbs.ts';

export interface DroverRun {
  readonly exitCode: ExitCode;
  readonly out: string;
  readonly err: string;
}

/** One command line in this process, with nothing of the caller's environment. */
export async function runDrover(
  args: readonly string[],
  at: { readonly cwd?: string; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<DroverRun> {
  let out = '';
  let err = '';
  const exitCode = await runProgram(args, verbs, {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    cwd: at.cwd ?? tmpdir(),
    env: at.env ?? {},
    signal: new AbortController().signal,
    isTerminal: false,
  });
  return { exitCode, out, err };
}

/** An own folder that goes away with the test. */
export async function ownFolder(
  t: ExecutionContext,
  files: Readonly<Record<string, string>> = {},
): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'drover-cli-'));
  t.teardown(() => rm(folder, { recursive: true, force: true }));
  await writeFiles(folder, files);
  return folder;
}

export async function writeFiles(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(folder, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  }
}

/** A home with a `nomad` that only tells its version: fleets without HCL ask it for nothing else. */
export async function ownEnvironment(t: ExecutionContext): Promise<Readonly<Record<string, string>>> {
  const home = await ownFolder(t, { 'bin/nomad': '#!/bin/sh\necho Nomad v1.11.3\n' });
  const program = path.join(home, 'bin/nomad');
  await chmod(program, 0o755);
  return { HOME: home, DROVER_NOMAD: program };
}

/** A small fleet with something of each target, and no HCL. */
export const smallFleet: Readonly<Record<string, string>> = {
  'drover.yaml': `apiVersion: drover.dev/v1alpha1
kind: Project
metadata: {name: acme}
spec:
  environments:
    prod: {folders: [base], cluster: prod, mode: Enforce, vars: {greeting: hello}}
    dev: {folders: [base], cluster: dev, vars: {greeting: hi}}
`,
  'base/servers.yaml': `apiVersion: drover.dev/v1alpha1
kind: Server
metadata: {name: web-1}
spec: {class: {cores: 2, memory: 1Gi}, interfaces: {lan: {address: 10.0.0.1}}}
---
apiVersion: drover.dev/v1alpha1
kind: MachineConfig
metadata: {name: motd}
spec:
  selector: {}
  files: {/etc/motd: {content: "\${{ vars.greeting }} from \${{ server.name }}\\n", template: true}}
`,
  'base/shop.yaml': `apiVersion: drover.dev/v1alpha1
kind: ConsulKey
metadata: {name: flags}
spec: {key: shop/flags, value: "on"}
---
apiVersion: drover.dev/v1alpha1
kind: NomadJob
metadata: {name: web}
spec:
  json:
    ID: web
    Type: service
    TaskGroups: [{Name: web, Tasks: [{Name: web, Driver: raw_exec, Config: {command: /bin/web}}]}]
`,
};
