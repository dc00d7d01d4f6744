import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { ensureTool } from '../../toolchain/index.ts';
import type { Row } from '../row.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const run = promisify(execFile);

/** The whole command, start of the process included, as somebody waits for it after a change: jobs that are the same are remembered. */
export const validateRow: Row = {
  name: 'drover validate, cold process',
  amount: 'manifests/examples/acme',
  async prepare() {
    const { binary } = await ensureTool('nomad', { log: () => undefined });
    const home = await mkdtemp(path.join(tmpdir(), 'drover-bench-'));
    const env = { PATH: process.env['PATH'] ?? '', HOME: home, DROVER_NOMAD: binary };
    return {
      async run() {
        await run(path.join(root, 'scripts/drover'), ['validate', 'manifests/examples/acme'], {
          cwd: root,
          env,
        });
      },
      close: () => rm(home, { recursive: true, force: true }),
    };
  },
};
