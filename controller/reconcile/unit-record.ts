import { failedSpecKey, onceKey } from '../apply/l2/target.ts';
import { sha256Hex } from '../model/hash.ts';
import { isJsonObject, type Json } from '../model/json.ts';
import type { RecordBranch } from '../ports/record.ts';
import type { EnvironmentContext } from './environment-context.ts';

/** Facts about units that can't be seen again: specs that failed at this live commit, runs that must not be repeated. */
export interface UnitFacts {
  readonly failedSpecs: ReadonlySet<string>;
  readonly ranOnce: ReadonlySet<string>;
}

const folders = {
  failed: (environment: string, commit: string) => `failed/${environment}/${commit}/`,
  once: (environment: string) => `once/${environment}/`,
} as const;

export async function readUnitFacts(
  { name, repository }: EnvironmentContext,
  commit: string,
  signal: AbortSignal,
): Promise<UnitFacts> {
  return {
    failedSpecs: await readKeys(repository.record, folders.failed(name, commit), signal),
    ranOnce: await readKeys(repository.record, folders.once(name), signal),
  };
}

/** What one step of the waves learned; written down after it. */
export interface UnitFactCollector {
  readonly onSpecFailed: (failed: { unit: string; sha256: string; message: string }) => void;
  readonly onRan: (ran: { unit: string; identity: string }) => void;
  save(signal: AbortSignal): Promise<void>;
}

export function collectUnitFacts(
  { name, repository }: EnvironmentContext,
  commit: string,
): UnitFactCollector {
  const found = new Map<string, Json>();
  const note = (folder: string, key: string, details: Json) =>
    found.set(`${folder}${sha256Hex(key)}.json`, { key, details });
  return {
    onSpecFailed: ({ unit, sha256, message }) =>
      note(folders.failed(name, commit), failedSpecKey(unit, sha256), { unit, message }),
    onRan: ({ unit, identity }) => note(folders.once(name), onceKey(unit, identity), { unit }),
    async save(signal) {
      if (found.size > 0) await repository.record.append(found, signal);
    },
  };
}

async function readKeys(
  record: RecordBranch,
  folder: string,
  signal: AbortSignal,
): Promise<ReadonlySet<string>> {
  const keys = new Set<string>();
  for (const path of await record.list(folder, signal)) {
    const value = await record.read(path, signal);
    if (isJsonObject(value) && typeof value['key'] === 'string') keys.add(value['key']);
  }
  return keys;
}
