import { execFile, spawn } from 'node:child_process';
import { cp, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { commonFlags, type ToolSpec } from './tools.ts';

const run = promisify(execFile);
const progressMs = 5_000;
const deadlineMs = 45 * 60_000;
const keptLines = 20;

export interface BuildRequest {
  readonly spec: ToolSpec;
  /** The folder of `go.mod` and `go.sum`. */
  readonly module: string;
  /** Where the module and build caches of this run go. */
  readonly scratch: string;
  /** The folder to make: the binary and its assets. */
  readonly output: string;
  readonly log: (line: string) => void;
}

function goEnvironment(spec: ToolSpec, scratch: string): NodeJS.ProcessEnv {
  return {
    ...process.env,
    GOMODCACHE: path.join(scratch, 'mod'),
    GOCACHE: path.join(scratch, 'cache'),
    // Flags and workspaces of the user's own Go work must not change what is built, or switch checksums off.
    GOFLAGS: '',
    GOWORK: 'off',
    GONOSUMDB: '',
    GONOSUMCHECK: '',
    GOINSECURE: '',
    ...(spec.needsC ? { CGO_ENABLED: '1' } : {}),
  };
}

/** @throws Error with the compiler's last lines. */
function compile(request: BuildRequest, args: readonly string[], env: NodeJS.ProcessEnv): Promise<void> {
  const { spec, module, log } = request;
  const startedAt = Date.now();
  const lines: string[] = [];
  const child = spawn('go', [...args], { cwd: module, env, stdio: ['ignore', 'ignore', 'pipe'] });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    lines.push(...chunk.split('\n').filter((line) => line.trim() !== ''));
    lines.splice(0, Math.max(0, lines.length - keptLines));
  });
  const progress = setInterval(() => {
    const seconds = Math.round((Date.now() - startedAt) / 1000);
    log(`building ${spec.name} ${spec.version}: ${seconds} s, ${(lines.at(-1) ?? 'starting').slice(0, 80)}`);
  }, progressMs);
  const deadline = setTimeout(() => child.kill('SIGKILL'), deadlineMs);
  return new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`go build of ${spec.name} failed (${code ?? 'killed'}):\n${lines.join('\n')}`));
    });
  }).finally(() => {
    clearInterval(progress);
    clearTimeout(deadline);
  });
}

/** Compiles one component with checksums verified against the committed `go.sum`, and copies what it reads at run time. */
export async function goBuild(request: BuildRequest): Promise<void> {
  const { spec, module, output } = request;
  const env = goEnvironment(spec, request.scratch);
  await mkdir(output, { recursive: true });
  // A module cache that can be written can also be deleted.
  const flags = [...commonFlags, '-modcacherw', '-v', ...spec.buildFlags];
  await compile(request, ['build', ...flags, '-o', path.join(output, spec.name), spec.package], env);
  if (spec.assets.length === 0) return;
  const { stdout } = await run('go', ['list', '-mod=readonly', '-m', '-f', '{{.Dir}}', spec.package], {
    cwd: module,
    env,
  });
  for (const asset of spec.assets) {
    await cp(path.join(stdout.trim(), asset), path.join(output, asset), { recursive: true });
  }
}
