import { readdir } from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import { createFileMemo } from '../../../controller/adapters/system/file-memo.ts';
import { createMemoryMemo } from '../../../controller/adapters/system/memory-memo.ts';
import { memoContract } from '../../contracts/memo.ts';
import { scratchFolders } from '../../fakes/scratch-folders.ts';

const folder = scratchFolders(test);

memoContract(test, 'memory', async () => createMemoryMemo());
memoContract(test, 'file', async () => createFileMemo(await folder()));

test('the memory memo forgets its oldest entry when it is full', async (t) => {
  const memo = createMemoryMemo(2);
  const signal = AbortSignal.timeout(1000);
  for (const key of ['a', 'b', 'c']) await memo.put(key, Uint8Array.of(1), signal);
  t.is(await memo.get('a', signal), undefined);
  t.truthy(await memo.get('c', signal));
});

test('the file memo survives its process and leaves no temporary file', async (t) => {
  const directory = await folder();
  const signal = AbortSignal.timeout(1000);
  await createFileMemo(directory).put('abcdef', Uint8Array.of(7), signal);
  t.deepEqual([...((await createFileMemo(directory).get('abcdef', signal)) ?? [])], [7]);
  t.deepEqual(await readdir(path.join(directory, 'ab')), ['cdef']);
});
