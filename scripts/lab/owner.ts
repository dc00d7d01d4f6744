import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { endLeftovers } from './leftovers.ts';
import { unmountBelow } from './mounts.ts';

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/**
 * Notes who runs the lab of this folder. When the one before was killed without a chance to stop its servers, they still hold
 * ports and data: they are ended first.
 * @throws Error when another living process runs it.
 */
export async function takeOver(directory: string, id: string): Promise<void> {
  const file = path.join(directory, 'owner');
  const [formerId = '', formerPid = ''] = (await readFile(file, 'utf8').catch(() => '')).trim().split(' ');
  const pid = Number(formerPid);
  if (formerId !== '' && pid !== process.pid && isAlive(pid)) {
    throw new Error(`the lab in ${directory} is in use by process ${pid}`);
  }
  if (formerId !== '' && pid !== process.pid) {
    await endLeftovers(formerId);
    await unmountBelow(directory);
  }
  await writeFile(file, `${id} ${process.pid}\n`);
}

/** The lab has ended; the next one has nothing to clean up. */
export async function giveUp(directory: string): Promise<void> {
  await writeFile(path.join(directory, 'owner'), '');
}
