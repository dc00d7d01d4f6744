import { spawn } from 'node:child_process';
import { open } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensurePrivateDirectory, writeDurably } from './journal/durable-file.ts';
import type { Run } from './journal/state.ts';
import type { AgentSettings } from './settings.ts';

export type RevertSettings = Pick<AgentSettings, 'root' | 'stateDirectory' | 'manager' | 'systemdScope'> & {
  readonly runId: string;
  readonly confirmTimeoutMs: number;
};

/**
 * Starts the revert timer of one run: a process of its own, in a session of its own, that lives on when the agent dies.
 * It ends by itself as soon as the journal says that the run is over.
 */
export async function armRevert(settings: AgentSettings, run: Run): Promise<void> {
  const { root, stateDirectory, manager, systemdScope } = settings;
  const { confirmTimeoutMs } = run.manifest;
  const request: RevertSettings = {
    root,
    stateDirectory,
    manager,
    systemdScope,
    runId: run.id,
    confirmTimeoutMs,
  };
  const requestFile = join(stateDirectory, 'revert-timer.json');
  await writeDurably(requestFile, JSON.stringify(request));
  const logs = join(stateDirectory, 'logs');
  await ensurePrivateDirectory(logs);
  const log = await open(join(logs, 'revert-timer.log'), 'w', 0o600);
  try {
    const script = fileURLToPath(new URL(`./revert-timer${extname(import.meta.url)}`, import.meta.url));
    const child = spawn(process.execPath, [script, requestFile], {
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
      cwd: '/',
      env: { PATH: process.env['PATH'], NODE_OPTIONS: '' },
    });
    child.unref();
    await new Promise<void>((resolve, reject) => {
      child.once('spawn', () => resolve());
      child.once('error', reject);
    });
  } finally {
    await log.close();
  }
}
