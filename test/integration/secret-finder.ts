import { spawn } from 'node:child_process';
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** A piece of what a place holds, as its reader sees it: decompressed, decoded once. */
export interface Piece {
  readonly where: string;
  readonly bytes: Buffer;
}

/** Somewhere that a secret must never be. */
export interface SearchPlace {
  readonly name: string;
  read(): AsyncIterable<Piece>;
}

export interface SecretForm {
  readonly form: 'plain' | 'base64' | 'url';
  readonly text: string;
}

/** All the texts by which a secret can be recognised, inside a longer base64 text too. */
export function formsOf(secret: string): readonly SecretForm[] {
  const bytes = Buffer.from(secret);
  const base64 = [0, 1, 2].map((offset) => {
    const shifted = Buffer.concat([Buffer.alloc(offset), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    // What stands at the ends depends on the bytes beside it.
    const start = offset === 0 ? 0 : offset + 1;
    return shifted.slice(start, Math.floor(((offset + bytes.length) * 8) / 6));
  });
  return [
    { form: 'plain', text: secret },
    ...base64.flatMap((text): readonly SecretForm[] => [
      { form: 'base64', text },
      { form: 'base64', text: text.replaceAll('+', '-').replaceAll('/', '_') },
    ]),
    { form: 'url', text: encodeURIComponent(secret) },
    { form: 'url', text: new URLSearchParams({ s: secret }).toString().slice(2) },
  ];
}

/** Where the secret was seen: `place: where (form)`, each once. Never the secret itself. */
export async function findSecret(places: readonly SearchPlace[], secret: string): Promise<readonly string[]> {
  const forms = formsOf(secret).map(({ form, text }) => ({ form, bytes: Buffer.from(text) }));
  const found = new Set<string>();
  for (const place of places) {
    for await (const { where, bytes } of place.read()) {
      const seen = forms.filter(({ bytes: wanted }) => bytes.includes(wanted));
      for (const { form } of seen) found.add(`${place.name}: ${where} (${form})`);
    }
  }
  return [...found];
}

/** Every object of bare repositories, whether anything points to it or not: notes, record and dropped commits too. */
export function gitPlace(directories: readonly string[]): SearchPlace {
  return {
    name: 'git',
    async *read() {
      for (const directory of directories) yield { where: directory, bytes: await readAllObjects(directory) };
    },
  };
}

async function readAllObjects(directory: string): Promise<Buffer> {
  const args = ['-C', directory, 'cat-file', '--batch-all-objects', '--batch', '--buffer'];
  const child = spawn('git', args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const chunks: Buffer[] = [];
  for await (const chunk of child.stdout as AsyncIterable<Buffer>) chunks.push(chunk);
  const code = await ended;
  if (code !== 0) throw new Error(`git cat-file in ${directory} ended with ${code}`);
  return Buffer.concat(chunks);
}

/** All files below folders, as they lie on the disk. Sockets and what vanishes meanwhile are passed over. */
export function filesPlace(name: string, directories: readonly string[]): SearchPlace {
  return {
    name,
    async *read() {
      for (const directory of directories) {
        for (const entry of await readdir(directory, { recursive: true })) {
          const file = path.join(directory, entry);
          const isFile = (await stat(file).catch(() => undefined))?.isFile() === true;
          const bytes = isFile ? await readFile(file).catch(() => undefined) : undefined;
          if (bytes !== undefined) yield { where: entry, bytes };
        }
      }
    },
  };
}

/** Every row of every table: long values are cut over pages in the file itself. */
export function databasePlace(name: string, file: string): SearchPlace {
  return {
    name,
    async *read() {
      const database = new DatabaseSync(file, { readOnly: true });
      try {
        const tables = database.prepare("select name from sqlite_master where type = 'table'").all();
        for (const { name: table } of tables) {
          const every = database.prepare(`select * from "${String(table)}"`);
          // Gitea keeps times in nanoseconds, too large for a number.
          every.setReadBigInts(true);
          const rows = every.all();
          const text = rows.map((row) => Object.values(row).map(textOf).join('\n')).join('\n');
          yield { where: String(table), bytes: Buffer.from(text) };
        }
      } finally {
        database.close();
      }
    },
  };
}

function textOf(value: unknown): string {
  return value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : String(value);
}

export function consulPlace(read: <T>(path: string) => Promise<T>): SearchPlace {
  return {
    name: 'consul',
    async *read() {
      type Entry = { Key: string; Value: string | null };
      for (const { Key, Value } of await read<Entry[]>('/v1/kv/?recurse=true')) {
        yield {
          where: Key,
          bytes: Buffer.concat([Buffer.from(`${Key}\n`), Buffer.from(Value ?? '', 'base64')]),
        };
      }
    },
  };
}

/** Pages as anybody may fetch them. */
export function pagesPlace(name: string, urls: readonly string[]): SearchPlace {
  return {
    name,
    async *read() {
      for (const url of urls) {
        const response = await fetch(url, { signal: AbortSignal.timeout(30_000) });
        yield { where: url, bytes: Buffer.from(await response.arrayBuffer()) };
      }
    },
  };
}

/** The arguments of all processes, as every user of the machine sees them. */
export function processesPlace(): SearchPlace {
  return {
    name: 'processes',
    async *read() {
      const pids = (await readdir('/proc')).filter((entry) => /^\d+$/.test(entry));
      for (const pid of pids) {
        const bytes = await readFile(`/proc/${pid}/cmdline`).catch(() => undefined);
        if (bytes !== undefined) yield { where: pid, bytes };
      }
    },
  };
}
