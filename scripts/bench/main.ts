import { createHash } from 'node:crypto';
import { measureRow, type Row } from './row.ts';
import { commitRow } from './rows/commit.ts';
import { definitionsRow } from './rows/definitions.ts';
import { largeFleetRow } from './rows/large-fleet.ts';
import { planRow } from './rows/plan.ts';
import { revisionRow } from './rows/revision.ts';
import { validateRow } from './rows/validate.ts';

const rows: readonly Row[] = [validateRow, definitionsRow, largeFleetRow, revisionRow, planRow, commitRow];

/** A fixed amount of plain work. Machines and minutes differ: compare the ratio to it, not the milliseconds. */
const yardstick: Row = {
  name: 'yardstick: SHA-256',
  amount: '256 MiB',
  async prepare() {
    const block = new Uint8Array(1024 * 1024);
    return {
      async run() {
        const hash = createHash('sha256');
        for (let count = 0; count < 256; count += 1) hash.update(block);
        hash.digest();
      },
    };
  },
};

const unit = await measureRow(yardstick);
process.stdout.write(`${'row'.padEnd(30)} ${'amount'.padEnd(24)} median      min      max  ratio\n`);
for (const row of [yardstick, ...rows]) {
  const { name, amount, medianMs, minMs, maxMs } = row === yardstick ? unit : await measureRow(row);
  const times = [medianMs, minMs, maxMs].map((ms) => `${ms.toFixed(0)} ms`.padStart(8)).join(' ');
  process.stdout.write(
    `${name.padEnd(30)} ${amount.padEnd(24)} ${times} ${(medianMs / unit.medianMs).toFixed(2).padStart(6)}\n`,
  );
}
