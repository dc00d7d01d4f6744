import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { formatOrder, type Order } from '../../model/order.ts';
import type { PayloadHeader } from '../../model/payload.ts';
import { encodeValue } from '../../model/payload-codec.ts';
import { ensurePrivateDirectory, writeDurably } from '../journal/durable-file.ts';

const kept = 5;

export interface KeptPayloads {
  /** Keeps a verified payload as it came, sealed; the oldest beyond five go, but never `applied`. */
  keep(header: PayloadHeader, sealed: Uint8Array, applied: Order | undefined): Promise<void>;
  /** The value, with its chunks joined. */
  read(order: Order): Promise<Uint8Array | undefined>;
}

export function createKeptPayloads(stateDirectory: string): KeptPayloads {
  const directory = join(stateDirectory, 'payloads');
  const nameOf = (order: Order) => `${formatOrder(order)}.payload`;
  return {
    async keep(header, sealed, applied) {
      await ensurePrivateDirectory(directory);
      await writeDurably(
        join(directory, nameOf(header.order)),
        encodeValue({ ...header, chunks: [] }, sealed),
      );
      const names = (await readdir(directory)).filter((name) => name.endsWith('.payload'));
      const newestFirst = names.toSorted((a, b) => b.localeCompare(a, 'en', { numeric: true }));
      const spared = applied === undefined ? '' : nameOf(applied);
      for (const name of newestFirst.slice(kept)) {
        if (name !== spared) await rm(join(directory, name), { force: true });
      }
    },
    read: (order) => readFile(join(directory, nameOf(order))).catch(() => undefined),
  };
}
