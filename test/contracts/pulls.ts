import type { ExecutionContext } from 'ava';
import { ConflictError } from '../../controller/model/errors.ts';
import type { PullRequests } from '../../controller/ports/pulls.ts';

/** What a pull request suite needs of the forge around the port. */
export interface PullsWorld {
  readonly pulls: PullRequests;
  readonly repository: string;
  readonly signal: AbortSignal;
  /** Makes or moves a branch by one new commit, gives its id. */
  push(branch: string, from: string): Promise<string>;
  /** Opens a pull request from a fork's branch of this name. */
  openFromFork(head: string, base: string): Promise<void>;
}

/** Every claim of ports/pulls.ts. Each test takes a base branch of its own: they may share a repository. */
export const pullsContract: Readonly<
  Record<string, (t: ExecutionContext, world: PullsWorld) => Promise<void>>
> = {
  'a created pull request is listed under its base with head, base and repository': async (t, world) => {
    const { pulls, signal } = world;
    await world.push('env/one', 'main');
    const head = await world.push('env/one-next', 'env/one');
    const made = await pulls.create({ head: 'env/one-next', base: 'env/one', title: 'T', body: 'B' }, signal);
    const [listed] = await pulls.listOpen('env/one', signal);
    t.is(listed?.number, made.number);
    t.is(listed?.state, 'open');
    t.is(listed?.head.ref, 'env/one-next');
    t.is(listed?.head.id, head);
    t.is(listed?.head.repository, world.repository);
    t.is(listed?.base.ref, 'env/one');
    t.is(listed?.title, 'T');
    t.is(listed?.body, 'B');
    t.deepEqual(await pulls.listOpen('env/other', signal), []);
  },
  'update writes only the fields given, and closes': async (t, world) => {
    const { pulls, signal } = world;
    await world.push('env/two', 'main');
    await world.push('env/two-next', 'env/two');
    const made = await pulls.create({ head: 'env/two-next', base: 'env/two', title: 'T', body: 'B' }, signal);
    await pulls.update(made.number, { title: 'U' }, signal);
    const renamed = await pulls.get(made.number, signal);
    t.deepEqual([renamed.title, renamed.body], ['U', 'B']);
    await pulls.update(made.number, { state: 'closed' }, signal);
    t.is((await pulls.get(made.number, signal)).state, 'closed');
    t.deepEqual(await pulls.listOpen('env/two', signal), []);
  },
  'merge refuses a head that moved, and merges the right one': async (t, world) => {
    const { pulls, signal } = world;
    await world.push('env/three', 'main');
    const seen = await world.push('env/three-next', 'env/three');
    const made = await pulls.create(
      { head: 'env/three-next', base: 'env/three', title: 'T', body: '' },
      signal,
    );
    const moved = await world.push('env/three-next', 'env/three-next');
    await t.throwsAsync(pulls.merge(made.number, { headId: seen, message: 'M' }, signal), {
      instanceOf: ConflictError,
    });
    await eventually(() => pulls.merge(made.number, { headId: moved, message: 'M' }, signal));
    const merged = await pulls.get(made.number, signal);
    t.is(merged.state, 'merged');
    t.truthy(merged.mergedBy);
    t.regex(merged.mergeCommit ?? '', /^[0-9a-f]{40}$/);
    const found = await pulls.findByMergeCommit(merged.mergeCommit ?? '', signal);
    t.is(found?.number, made.number);
    await t.throwsAsync(pulls.merge(made.number, { headId: moved, message: 'M' }, signal), {
      instanceOf: ConflictError,
    });
  },
  'a commit that no merge made has no pull request': async (t, world) => {
    const id = await world.push('env/four', 'main');
    t.is(await world.pulls.findByMergeCommit(id, world.signal), undefined);
  },
  'a fork with the same branch name is listed with its own repository': async (t, world) => {
    const { pulls, signal } = world;
    await world.push('env/five', 'main');
    await world.push('env/five-next', 'env/five');
    await world.openFromFork('env/five-next', 'env/five');
    const [theirs] = await pulls.listOpen('env/five', signal);
    t.is(theirs?.head.ref, 'env/five-next');
    t.not(theirs?.head.repository, world.repository);
  },
};

/** Gitea computes for a moment after a push whether a pull request can be merged. */
async function eventually(action: () => Promise<void>): Promise<void> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      await action();
      return;
    } catch (error) {
      if (attempt >= 40) throw error;
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }
}
