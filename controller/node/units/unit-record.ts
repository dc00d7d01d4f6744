import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ensurePrivateDirectory, writeDurably } from '../journal/durable-file.ts';
import type { Enablement } from './manager.ts';
import type { ProcessIdentity } from './proc.ts';

/** What the `process` manager remembers of a unit. Written before each start, so that no child is ever unknown. */
export interface UnitRecord {
  readonly name: string;
  readonly intent: 'running' | 'stopped';
  readonly enablement: Exclude<Enablement, 'unknown'>;
  /** In the environment of the process; another one for each start. */
  readonly token: string;
  /** Missing between the intent and the start. */
  readonly identity?: ProcessIdentity;
  /** The boot in which the intent was written. */
  readonly bootId: string;
  /** Where the output of this start begins in the log. */
  readonly logOffset: number;
  readonly restarts: number;
}

export interface UnitRecords {
  read(name: string): Promise<UnitRecord | undefined>;
  write(record: UnitRecord): Promise<void>;
  remove(name: string): Promise<void>;
  names(): Promise<readonly string[]>;
}

/** One small file a unit. An unreadable one counts as missing: its process is then not ours to touch. */
export function createUnitRecords(directory: string): UnitRecords {
  const pathOf = (name: string) => join(directory, `${name}.json`);
  return {
    async read(name) {
      const text = await readFile(pathOf(name), 'utf8').catch(() => undefined);
      return text === undefined ? undefined : parseRecord(text, name);
    },
    async write(record) {
      await ensurePrivateDirectory(directory);
      await writeDurably(pathOf(record.name), JSON.stringify(record));
    },
    remove: (name) => rm(pathOf(name), { force: true }),
    async names() {
      const files = await readdir(directory).catch(() => []);
      return files.filter((file) => file.endsWith('.json')).map((file) => file.slice(0, -'.json'.length));
    },
  };
}

function parseRecord(text: string, name: string): UnitRecord | undefined {
  try {
    const value = JSON.parse(text) as UnitRecord | null;
    return value?.name === name && typeof value.token === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}
