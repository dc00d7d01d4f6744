import PQueue from 'p-queue';
import { UsageError } from '../model/errors.ts';

/** Requests to one system at a time. */
const concurrency = 8;
/** More of one kind are no fleet of one repository. */
const mostItems = 20_000;

/** Runs `work` on each item, some at a time; answers in the items' order. The first failure is thrown. */
export async function eachBounded<T, R>(
  items: readonly T[],
  work: (item: T) => Promise<R>,
): Promise<readonly R[]> {
  if (items.length > mostItems) throw new UsageError(`there are more than ${mostItems} objects of one kind`);
  const queue = new PQueue({ concurrency });
  return Promise.all(items.map((item) => queue.add(() => work(item))));
}
