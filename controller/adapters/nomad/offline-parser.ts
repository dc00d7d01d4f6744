import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, normalize } from 'node:path';
import { RejectedError, UnavailableError } from '../../model/errors.ts';
import { isJsonObject, type JsonObject } from '../../model/json.ts';
import type { JobParser, ParseOutcome, ParseRequest } from '../../ports/job-parser.ts';
import { type ProgramEnd, runProgram } from '../run-program.ts';
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
const howToFind =
  'jobs in HCL are parsed by the nomad program: put it on PATH, or name it by --nomad or DROVER_NOMAD.';

type Finished = Extract<ProgramEnd, { ended: true }>;

/**
 * Nomad's parser without a server: `nomad job run -output`. The program's file functions are on, so it runs in a fresh
 * folder that holds the listed files and nothing else, with nothing of this environment; the text itself must have passed the
 * HCL guard, since a path may still lead out of the folder.
 */
export function createOfflineParser(options: OfflineParserOptions): JobParser {
  const timeoutMs = options.timeoutMs ?? 10_000;
  let version: string | undefined;

  const { binary } = options;
  const run = async (args: readonly string[], cwd: string, signal: AbortSignal): Promise<Finished> => {
    const end = await runProgram({ binary, args, cwd, timeoutMs, maxOutputBytes }, signal);
    if (end.ended) return end;
    const { why, cause } = end;
    throw new UnavailableError(`${binary} ${why}`, { cause, ...(end.isTimeout ? {} : { hint: howToFind }) });
  };

  const noNomad = (why: string) =>
    new UnavailableError(`${binary} is no nomad program: ${why}`, { hint: howToFind });
  const askVersion = async (signal: AbortSignal): Promise<string> => {
    version ??= printedVersion(await run(['version'], tmpdir(), signal));
    if (version === undefined) throw noNomad('it printed no version');
    return version;
  };

  return {
    version: askVersion,
    async parse(request, signal) {
      const folder = await mkdtemp(join(tmpdir(), 'drover-parse-'));
      try {
        await layOut(folder, request);
        // The server's parser takes values for variables that the job does not declare; strict mode would not.
        const args = ['job', 'run', '-output', '-hcl2-strict=false', `-var-file=${variablesFile}`, jobFile];
        const finished = await run(args, folder, signal);
        // Another program's refusal must not be taken for what Nomad says of the job.
        if (finished.code !== 0) await askVersion(signal);
        return outcome(finished, noNomad);
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

function outcome(finished: Finished, noNomad: (why: string) => Error): ParseOutcome {
  if (finished.code !== 0) return parseFailure(finished.stderr, jobFile);
  const job = printedJob(finished.stdout);
  if (job === undefined) throw noNomad('it printed no job');
  return { ok: true, job: canonicalJob(job) };
}

function printedJob(text: string): JsonObject | undefined {
  try {
    const printed: unknown = JSON.parse(text);
    const job = isJsonObject(printed) ? printed['Job'] : undefined;
    return isJsonObject(job) ? job : undefined;
  } catch {
    return undefined;
  }
}

function printedVersion({ stdout }: Finished): string | undefined {
  return /^Nomad v(\S+)/m.exec(stdout)?.[1];
}
