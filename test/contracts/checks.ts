import type { ExecutionContext } from 'ava';
import type { Checks } from '../../controller/ports/checks.ts';

export interface ChecksWorld {
  readonly checks: Checks;
  readonly signal: AbortSignal;
  /** A commit without statuses. */
  commit(): Promise<string>;
}

/** Every claim of ports/checks.ts. */
export const checksContract: Readonly<
  Record<string, (t: ExecutionContext, world: ChecksWorld) => Promise<void>>
> = {
  'the newest status of a context counts': async (t, world) => {
    const { checks, signal } = world;
    const commit = await world.commit();
    await checks.post(commit, { context: 'drover/plan: a', state: 'pending', description: 'one' }, signal);
    await checks.post(commit, { context: 'drover/plan: a', state: 'success', description: 'two' }, signal);
    await checks.post(commit, { context: 'drover/gate: a', state: 'failure', description: 'no' }, signal);
    const listed = [...(await checks.list(commit, signal))].sort((a, b) => (a.context < b.context ? -1 : 1));
    t.deepEqual(listed, [
      { context: 'drover/gate: a', state: 'failure', description: 'no' },
      { context: 'drover/plan: a', state: 'success', description: 'two' },
    ]);
  },
  'a status keeps its address': async (t, world) => {
    const { checks, signal } = world;
    const commit = await world.commit();
    const check = { context: 'c', state: 'error', description: 'd', url: 'http://drover.test/x' } as const;
    await checks.post(commit, check, signal);
    t.deepEqual(await checks.list(commit, signal), [check]);
  },
  'more contexts than one page holds are all listed': async (t, world) => {
    const { checks, signal } = world;
    const commit = await world.commit();
    for (let index = 0; index < 60; index += 1) {
      await checks.post(commit, { context: `c${index}`, state: 'success', description: '' }, signal);
    }
    t.is((await checks.list(commit, signal)).length, 60);
  },
  'a commit without statuses has none': async (t, world) => {
    t.deepEqual(await world.checks.list(await world.commit(), world.signal), []);
  },
};
