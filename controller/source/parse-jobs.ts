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

/** What an environment has to be parsed. */
export interface JobsToParse {
  readonly hclJobs: readonly JobToParse[];
}

export interface ParseJobsPorts {
  readonly parser: JobParser;
  readonly memo: Memo;
}

/** A parse is a process or a request; more at once only queue up elsewhere. */
const concurrency = 4;

/**
 * Nomad's own reading of each job of each environment, in the order given. What parsed once is not parsed again, in this
 * environment or another, now or later: the memo's key is the parser's identity and everything that the text may read. Refusals
 * are not kept, as their words may name the path.
 * @throws the first error about the world; then no further parse is begun.
 */
export async function parseJobs(
  environments: ReadonlyMap<string, JobsToParse>,
  ports: ParseJobsPorts,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, ReadonlyMap<ResourceId, ParseOutcome>>> {
  const isEmpty = [...environments.values()].every(({ hclJobs }) => hclJobs.length === 0);
  const identity = isEmpty ? '' : await identityOf(ports.parser, signal);
  const queue = new PQueue({ concurrency });
  const failed = new AbortController();
  const either = AbortSignal.any([signal, failed.signal]);
  const begun = new Map<string, Promise<ParseOutcome>>();
  const parse = (request: ParseRequest): Promise<ParseOutcome> => {
    const key = memoKey(request, identity);
    const sameText = `${key} ${request.path}`;
    const outcome = begun.get(sameText) ?? queue.add(() => parseOnce(request, { ...ports, key }, either));
    begun.set(sameText, outcome);
    return outcome;
  };
  const parseAll = async (jobs: readonly JobToParse[]) =>
    new Map(await Promise.all(jobs.map(async ({ id, request }) => [id, await parse(request)] as const)));
  try {
    const parsed = [...environments].map(
      async ([name, { hclJobs }]) => [name, await parseAll(hclJobs)] as const,
    );
    return new Map(await Promise.all(parsed));
  } finally {
    failed.abort();
    await queue.onIdle();
  }
}

async function parseOnce(
  request: ParseRequest,
  { parser, memo, key }: ParseJobsPorts & { readonly key: string },
  signal: AbortSignal,
): Promise<ParseOutcome> {
  signal.throwIfAborted();
  const remembered = readRemembered(await memo.get(key, signal));
  if (remembered !== undefined) return remembered;
  const outcome = await parser.parse(request, signal);
  if (outcome.ok) await memo.put(key, new TextEncoder().encode(JSON.stringify(outcome.job)), signal);
  return outcome;
}

function identityOf(parser: JobParser, signal: AbortSignal): Promise<string> {
  return parser.identity?.(signal) ?? parser.version(signal);
}

/** `form` changes with the form of what is remembered. */
function memoKey({ hcl, variables, files }: ParseRequest, identity: string): string {
  const hashes = Object.fromEntries([...files].map(([path, bytes]) => [path, sha256Hex(bytes)]));
  return sha256Hex(canonicalJson({ form: 'parse-jobs 2', identity, hcl, variables, files: hashes }));
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
