import { SourceError } from '../../model/errors.ts';
import { runGit } from './git-process.ts';

export interface StoredObject {
  readonly id: string;
  readonly type: string;
  readonly body: Buffer;
}

const readBytes = 256 * 1024 * 1024;

/** Many objects by one `cat-file --batch`. @throws SourceError when one is missing. */
export async function readObjects(
  directory: string,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<readonly StoredObject[]> {
  if (ids.length === 0) return [];
  const args = ['cat-file', '--batch', '--buffer'];
  const input = `${ids.join('\n')}\n`;
  const result = await runGit({ directory, args, input, maxOutputBytes: readBytes }, signal);
  if (result.exitCode !== 0) throw new SourceError(`objects can't be read: ${result.stderr}`);
  return parseBatch(result.stdout);
}

/** `<id> <type> <size>` LF, the bytes, LF; or `<id> missing` LF. */
function parseBatch(output: Buffer): readonly StoredObject[] {
  const objects: StoredObject[] = [];
  let offset = 0;
  while (offset < output.length) {
    const end = output.indexOf(0x0a, offset);
    const [id = '', type = '', size = ''] = output.toString('utf8', offset, Math.max(end, offset)).split(' ');
    const sizeBytes = Number(size);
    if (end < 0 || size === '' || !Number.isSafeInteger(sizeBytes)) {
      throw new SourceError(`object ${id} is not in the repository`);
    }
    const body = output.subarray(end + 1, end + 1 + sizeBytes);
    if (body.byteLength !== sizeBytes) throw new SourceError(`object ${id} was cut short`);
    objects.push({ id, type, body });
    offset = end + 1 + sizeBytes + 1;
  }
  return objects;
}

/** Those of the ids that the repository does not have yet. */
export async function missingObjects(
  directory: string,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<ReadonlySet<string>> {
  const args = ['cat-file', '--batch-check=%(objectname)', '--buffer'];
  const result = await runGit({ directory, args, input: `${ids.join('\n')}\n` }, signal);
  if (result.exitCode !== 0) throw new SourceError(`objects can't be looked up: ${result.stderr}`);
  const missing = new Set<string>();
  for (const line of result.stdout.toString().split('\n')) {
    if (line.endsWith(' missing')) missing.add(line.slice(0, -' missing'.length));
  }
  return missing;
}
