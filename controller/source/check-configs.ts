import PQueue from 'p-queue';
import { sha256Hex } from '../model/hash.ts';
import { canonicalJson, isJsonObject } from '../model/json.ts';
import type { ConfigProblem, ConfigToCheck, ConfigVerdict } from '../model/program-config.ts';
import type { ConfigChecker } from '../ports/config-checker.ts';
import type { Memo } from '../ports/memo.ts';

export interface CheckConfigsPorts {
  readonly checker: ConfigChecker;
  readonly memo: Memo;
  /** 200 by default. Those after so many are left unjudged: a fleet with nothing in common is judged in part rather than for minutes. */
  readonly limit?: number;
}

/** Each is a process; more at once only wait for processors. */
const concurrency = 4;
const defaultLimit = 200;

/**
 * The verdict of each, in the order given; `undefined` where nobody could judge. What was judged once is not judged again: the
 * memo's key is the program's version and all files.
 * @throws only what the memo throws, and the signal's reason.
 */
export async function checkConfigs(
  configs: readonly ConfigToCheck[],
  ports: CheckConfigsPorts,
  signal: AbortSignal,
): Promise<readonly (ConfigVerdict | undefined)[]> {
  const queue = new PQueue({ concurrency });
  const judged = configs
    .slice(0, ports.limit ?? defaultLimit)
    .map((config) => queue.add(() => checkOnce(config, ports, signal)));
  try {
    return await Promise.all(judged);
  } finally {
    queue.clear();
    await queue.onIdle();
  }
}

async function checkOnce(
  config: ConfigToCheck,
  { checker, memo }: CheckConfigsPorts,
  signal: AbortSignal,
): Promise<ConfigVerdict | undefined> {
  signal.throwIfAborted();
  const version = await checker.version(config.form, signal);
  if (version === undefined) return undefined;
  const key = memoKey(config, version);
  const remembered = readRemembered(await memo.get(key, signal));
  if (remembered !== undefined) return remembered;
  const verdict = await checker.check(config, signal);
  if (verdict !== undefined) await memo.put(key, new TextEncoder().encode(JSON.stringify(verdict)), signal);
  return verdict;
}

/** The first words change with the form of what is remembered, or with how programs are asked. */
function memoKey({ form, entries, files }: ConfigToCheck, version: string): string {
  const hashes = Object.fromEntries([...files].map(([path, bytes]) => [path, sha256Hex(bytes)]));
  return sha256Hex(canonicalJson({ is: 'check-configs 1', version, form, entries, files: hashes }));
}

/** A memo that can't be read costs a process, nothing else. */
function readRemembered(bytes: Uint8Array | undefined): ConfigVerdict | undefined {
  if (bytes === undefined) return undefined;
  try {
    const verdict: unknown = JSON.parse(new TextDecoder().decode(bytes));
    if (!isJsonObject(verdict)) return undefined;
    if (verdict['ok'] === true) return { ok: true };
    const { problems } = verdict;
    return Array.isArray(problems) && problems.every(isProblem) ? { ok: false, problems } : undefined;
  } catch {
    return undefined;
  }
}

function isProblem(value: unknown): value is ConfigProblem {
  return isJsonObject(value) && typeof value['message'] === 'string';
}
