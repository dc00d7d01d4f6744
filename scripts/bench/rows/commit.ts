import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createGitObjects } from '../../../controller/adapters/git/objects.ts';
import { makeFleet } from '../made-fleet.ts';
import type { Row } from '../row.ts';
import { renderFleet } from './definitions.ts';

/** A rendered tree with one changed file to a commit in a real git repository. */
export const commitRow: Row = {
  name: 'commit with one changed file',
  amount: '300 servers, 300 jobs',
  async prepare() {
    const directory = await mkdtemp(path.join(tmpdir(), 'drover-bench-'));
    const objects = createGitObjects({ directory });
    const { tree } = await renderFleet(makeFleet(300, 300));
    let run = 0;
    return {
      async run() {
        run += 1;
        const files = new Map([...tree, ['changed.txt', new TextEncoder().encode(`${run}\n`)]]);
        const request = { files, parents: [], message: 'bench', date: '2026-01-01T00:00:00Z' };
        await objects.writeCommit(request, AbortSignal.timeout(60_000));
      },
      async close() {
        await objects.close();
        await rm(directory, { recursive: true, force: true });
      },
    };
  },
};
