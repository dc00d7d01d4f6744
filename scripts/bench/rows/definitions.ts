import { createMemoryMemo } from '../../../controller/adapters/system/memory-memo.ts';
import { compileSource } from '../../../controller/reconcile/compile-source.ts';
import { renderOnce } from '../../../controller/reconcile/render-checked.ts';
import { droverVersion } from '../../../controller/version.ts';
import { makeFleet } from '../made-fleet.ts';
import type { Row } from '../row.ts';

export const benchProvenance = {
  droverVersion,
  parserVersion: 'none',
  repoUrl: '',
  revision: { id: '0'.repeat(40), author: 'bench', date: '2026-01-01T00:00:00Z', subject: 'bench', body: '' },
};

/** No HCL in these fleets: a parser that is asked is a mistake. */
export const noParser = {
  version: async () => 'none',
  parse: async () => ({ ok: false as const, message: 'not in the bench', line: 1, column: 1 }),
};

export async function renderFleet(source: ReturnType<typeof makeFleet>) {
  const ports = { parser: noParser, memo: createMemoryMemo(), droverVersion };
  const compiled = await compileSource(ports, source, AbortSignal.timeout(60_000));
  return renderOnce(compiled, { environment: 'prod', provenance: benchProvenance });
}

/** Bytes of definitions to a rendered tree, nothing remembered. */
export const definitionsRow: Row = {
  name: 'compile, check and render',
  amount: '300 servers, 300 jobs',
  async prepare() {
    const source = makeFleet(300, 300);
    return {
      async run() {
        await renderFleet(source);
      },
    };
  },
};
