import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import type { GitObject, GitObjectType } from '../../model/git-object.ts';

const typeNumbers: Readonly<Record<GitObjectType, number>> = { commit: 1, tree: 2, blob: 3 };

// Rendered files are small: setting up a full-size compressor for each would cost more than compressing.
const compression = { level: 1, windowBits: 12, memLevel: 5, chunkSize: 4096 } as const;

/**
 * Objects as one pack stream, version 2, without deltas: one child process takes thousands of files, where a process
 * or a loose file each would take seconds. Source: git's own gitformat-pack(5).
 */
export function encodePack(objects: readonly GitObject[]): Buffer {
  const header = Buffer.alloc(12);
  header.write('PACK');
  header.writeUInt32BE(2, 4);
  header.writeUInt32BE(objects.length, 8);
  const parts: Buffer[] = [header];
  for (const { type, body } of objects) {
    parts.push(entryHeader(typeNumbers[type], body.byteLength), deflateSync(body, compression));
  }
  const pack = Buffer.concat(parts);
  return Buffer.concat([pack, createHash('sha1').update(pack).digest()]);
}

/** Type and size: four bits of size in the first byte, seven in each further one, lowest first. */
function entryHeader(type: number, sizeBytes: number): Buffer {
  const bytes: number[] = [];
  let byte = (type << 4) | (sizeBytes & 0x0f);
  let rest = Math.floor(sizeBytes / 16);
  while (rest > 0) {
    bytes.push(byte | 0x80);
    byte = rest & 0x7f;
    rest = Math.floor(rest / 128);
  }
  return Buffer.from([...bytes, byte]);
}
