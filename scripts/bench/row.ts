/** One row of the bench: prepared once, run several times. */
export interface Row {
  readonly name: string;
  /** What one run handles: `400 units`. */
  readonly amount: string;
  prepare(): Promise<PreparedRow>;
}

export interface PreparedRow {
  run(): Promise<void>;
  close?(): Promise<void>;
}

export interface RowResult {
  readonly name: string;
  readonly amount: string;
  readonly medianMs: number;
  readonly minMs: number;
  readonly maxMs: number;
}

const runs = 5;

export async function measureRow(row: Row): Promise<RowResult> {
  const prepared = await row.prepare();
  try {
    await prepared.run();
    const times: number[] = [];
    for (let run = 0; run < runs; run += 1) {
      const startedAt = performance.now();
      await prepared.run();
      times.push(performance.now() - startedAt);
    }
    times.sort((a, b) => a - b);
    const at = (index: number) => times[index] ?? 0;
    const { name, amount } = row;
    return { name, amount, medianMs: at(Math.floor(runs / 2)), minMs: at(0), maxMs: at(runs - 1) };
  } finally {
    await prepared.close?.();
  }
}
