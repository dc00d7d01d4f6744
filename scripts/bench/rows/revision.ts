import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createGitObjects } from '../../../controller/adapters/git/objects.ts';
import { createMemoryMemo } from '../../../controller/adapters/system/memory-memo.ts';
import { createRevisions } from '../../../controller/reconcile/revisions.ts';
import { droverVersion } from '../../../controller/version.ts';
import { makeFleet } from '../made-fleet.ts';
import type { Row } from '../row.ts';
import { noParser } from './definitions.ts';

const environments = ['dev', 'stage', 'prod'];

/** What the controller does with a commit that it has not seen: read, compiled, checked, and every environment rendered twice. */
export const revisionRow: Row = {
  name: 'a new revision, rendered twice',
  amount: '3 x 100 servers, 100 jobs',
  async prepare() {
    const directory = await mkdtemp(path.join(tmpdir(), 'drover-bench-'));
    const objects = createGitObjects({ directory });
    const { files } = makeFleet(100, 100, environments);
    const commit = await objects.writeCommit(
      {
        files: new Map(files.map((file) => [file.path, file.bytes])),
        parents: [],
        message: 'bench',
        date: '2026-01-01T00:00:00Z',
      },
      AbortSignal.timeout(60_000),
    );
    const ports = {
      objects,
      parser: noParser,
      memo: createMemoryMemo(),
      clock: { now: () => 0 },
      droverVersion,
      url: '',
    };
    return {
      async run() {
        const revisions = createRevisions(ports);
        for (const name of environments) await revisions.render(commit, name, AbortSignal.timeout(60_000));
      },
      async close() {
        await objects.close();
        await rm(directory, { recursive: true, force: true });
      },
    };
  },
};
