import PQueue from 'p-queue';
import { sha256Hex } from '../model/hash.ts';
import { canonicalJson, isJsonObject } from '../model/json.ts';
import type { ResourceId } from '../model/resource.ts';
import type { JobParser, ParseOutcome, ParseRequest } from '../ports/job-parser.ts';
import type { Memo } from '../ports/memo.ts';

export interface JobToParse {
  readonly id: ResourceId;
  readonly request: ParseRequest;
}

export interface ParseJobsPorts {
  readonly parser: JobParser;
  readonly memo: Memo;
}

/** A parse is a process or a request; more at once only queue up elsewhere. */
const concurrency = 4;

/**
 * Nomad's own reading of each job, in the order given. What parsed once is not parsed again: the memo's key is the
 * parser's version and everything that the text may read. Refusals are not kept, as their words may name the path.
 * @throws the first error about the world; then no further parse is begun.
 */
export async function parseJobs(
  jobs: readonly JobToParse[],
  ports: ParseJobsPorts,
  signal: AbortSignal,
): Promise<ReadonlyMap<ResourceId, ParseOutcome>> {
  if (jobs.length === 0) return new Map();
  const version = await ports.parser.version(signal);
  const queue = new PQueue({ concurrency });
  const failed = new AbortController();
  const either = AbortSignal.any([signal, failed.signal]);
  const parse = async ({ id, request }: JobToParse): Promise<readonly [ResourceId, ParseOutcome]> => {
    either.throwIfAborted();
    return [id, await parseOnce(request, { ...ports, version }, either)];
  };
  try {
    return new Map(await Promise.all(jobs.map((job) => queue.add(() => parse(job)))));
  } finally {
    failed.abort();
    await queue.onIdle();
  }
}

async function parseOnce(
  request: ParseRequest,
  { parser, memo, version }: ParseJobsPorts & { readonly version: string },
  signal: AbortSignal,
): Promise<ParseOutcome> {
  const key = memoKey(request, version);
  const remembered = readRemembered(await memo.get(key, signal));
  if (remembered !== undefined) return remembered;
  const outcome = await parser.parse(request, signal);
  if (outcome.ok) await memo.put(key, new TextEncoder().encode(JSON.stringify(outcome.job)), signal);
  return outcome;
}

/** `form` changes with the form of what is remembered. */
function memoKey({ hcl, variables, files }: ParseRequest, version: string): string {
  const hashes = Object.fromEntries([...files].map(([path, bytes]) => [path, sha256Hex(bytes)]));
  return sha256Hex(canonicalJson({ form: 'parse-jobs 1', version, hcl, variables, files: hashes }));
}

/** A memo that can't be read costs a parse, nothing else. */
function readRemembered(bytes: Uint8Array | undefined): ParseOutcome | undefined {
  if (bytes === undefined) return undefined;
  try {
    const job: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return isJsonObject(job) ? { ok: true, job } : undefined;
  } catch {
    return undefined;
  }
}
