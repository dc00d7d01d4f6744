import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Writes a token so that only its owner can read it, and never half. */
export async function writeSecret(file: string, value: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  await writeFile(`${file}.tmp`, `${value}\n`, { mode: 0o600 });
  await rename(`${file}.tmp`, file);
}

/** @returns `undefined` when there is none yet. */
export async function readSecret(file: string): Promise<string | undefined> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return text.trim() === '' ? undefined : text.trim();
}

/** The secret of that file; made and written first where there is none. Whoever uses it may be killed and ask again. */
export async function ensureSecret(file: string, make: () => string): Promise<string> {
  const known = await readSecret(file);
  if (known !== undefined) return known;
  const made = make();
  await writeSecret(file, made);
  return made;
}
