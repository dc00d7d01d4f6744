import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, normalize } from 'node:path';
import { RejectedError, UnavailableError } from '../../model/errors.ts';
import { isJsonObject } from '../../model/json.ts';
import type { JobParser, ParseOutcome, ParseRequest } from '../../ports/job-parser.ts';
import { parseFailure } from './parse-failure.ts';
import { canonicalJob } from './parsed-job.ts';
import { variablesText } from './variables-text.ts';

export interface OfflineParserOptions {
  /** Path of the `nomad` program. */
  readonly binary: string;
  readonly timeoutMs?: number;
}

const jobFile = 'job.nomad.hcl';
const variablesFile = 'drover-variables.hcl';
const maxOutputBytes = 16 * 1024 * 1024;

interface Finished {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Nomad's parser without a server: `nomad job run -output`. The program's file functions are on, so it runs in a fresh
 * folder that holds the listed files and nothing else, with an empty environment; the text itself must have passed the
 * HCL guard, since a path may still lead out of the folder.
 */
export function createOfflineParser(options: OfflineParserOptions): JobParser {
  const timeoutMs = options.timeoutMs ?? 10_000;
  let version: string | undefined;

  const run = (args: readonly string[], cwd: string, signal: AbortSignal): Promise<Finished> =>
    runProgram({ binary: options.binary, args, cwd, timeoutMs }, signal);

  return {
    async version(signal) {
      version ??= programVersion(await run(['version'], tmpdir(), signal));
      return version;
    },
    async parse(request, signal) {
      const folder = await mkdtemp(join(tmpdir(), 'drover-parse-'));
      try {
        await layOut(folder, request);
        // The server's parser takes values for variables that the job does not declare; strict mode would not.
        const args = ['job', 'run', '-output', '-hcl2-strict=false', `-var-file=${variablesFile}`, jobFile];
        return outcome(await run(args, folder, signal));
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  };
}

async function layOut(folder: string, request: ParseRequest): Promise<void> {
  for (const [path, bytes] of request.files) {
    const inside = normalize(path);
    if (inside.startsWith('..') || inside.startsWith('/')) {
      throw new RejectedError(`${request.path} reads "${path}", which is outside the repository`);
    }
    await mkdir(join(folder, dirname(inside)), { recursive: true });
    await writeFile(join(folder, inside), bytes);
  }
  // Last, so that no listed file takes their place.
  await writeFile(join(folder, variablesFile), variablesText(request.variables));
  await writeFile(join(folder, jobFile), request.hcl);
}

function outcome(finished: Finished): ParseOutcome {
  if (finished.code !== 0) return parseFailure(finished.stderr, jobFile);
  const parsed: unknown = JSON.parse(finished.stdout);
  const job = isJsonObject(parsed) ? parsed['Job'] : undefined;
  if (!isJsonObject(job)) throw new UnavailableError('nomad job run -output printed no job');
  return { ok: true, job: canonicalJob(job) };
}

function programVersion(finished: Finished): string {
  const match = /^Nomad v(\S+)/m.exec(finished.stdout);
  if (match?.[1] === undefined) throw new UnavailableError('nomad version printed no version');
  return match[1];
}

function runProgram(
  call: { binary: string; args: readonly string[]; cwd: string; timeoutMs: number },
  signal: AbortSignal,
): Promise<Finished> {
  signal.throwIfAborted();
  const { promise, resolve, reject } = Promise.withResolvers<Finished>();
  const options = {
    cwd: call.cwd,
    env: {},
    timeout: call.timeoutMs,
    killSignal: 'SIGKILL',
    maxBuffer: maxOutputBytes,
    encoding: 'utf8',
    signal,
  } as const;
  execFile(call.binary, [...call.args], options, (error, stdout, stderr) => {
    if (error === null) return resolve({ code: 0, stdout, stderr });
    if (signal.aborted) return reject(signal.reason);
    if (typeof error.code === 'number') return resolve({ code: error.code, stdout, stderr });
    if (error.killed === true) {
      reject(
        new UnavailableError(`${call.binary} did not end within ${call.timeoutMs} ms`, { cause: error }),
      );
      return;
    }
    const hint =
      'jobs in HCL are parsed by the nomad program: put it on PATH, or name it by --nomad or DROVER_NOMAD.';
    reject(new UnavailableError(`${call.binary} can't run (${error.code})`, { cause: error, hint }));
  });
  return promise;
}
