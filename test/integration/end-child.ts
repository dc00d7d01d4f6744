import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';

const graceMs = 10_000;

/** Asks a server to end, as a person at its terminal would; one that does not hear is killed. */
export async function endChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGINT');
  const late = setTimeout(() => child.kill('SIGKILL'), graceMs);
  await exit;
  clearTimeout(late);
}
