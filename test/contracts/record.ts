import type { TestFn } from 'ava';
import type { Json } from '../../controller/model/json.ts';
import type { RecordBranch } from '../../controller/ports/record.ts';

/** What every record promises. `create` gives an empty one. */
export function recordContract(test: TestFn, name: string, create: () => Promise<RecordBranch>): void {
  const signal = AbortSignal.timeout(60_000);

  test(`${name}: an empty record lists and reads nothing`, async (t) => {
    const record = await create();
    t.deepEqual(await record.list('', signal), []);
    t.is(await record.read('a.json', signal), undefined);
  });

  test(`${name}: what was appended is listed by prefix in order and read back`, async (t) => {
    const record = await create();
    await record.append(new Map([['proposals/prod/b.json', { n: 1 }]]), signal);
    await record.append(
      new Map<string, Json>([
        ['proposals/prod/a.json', [1, null, 'é']],
        ['proposals/dev/c.json', true],
      ]),
      signal,
    );
    t.deepEqual(await record.list('proposals/prod/', signal), [
      'proposals/prod/a.json',
      'proposals/prod/b.json',
    ]);
    t.is((await record.list('', signal)).length, 3);
    t.deepEqual(await record.read('proposals/prod/a.json', signal), [1, null, 'é']);
    t.deepEqual(await record.read('proposals/prod/b.json', signal), { n: 1 });
  });

  test(`${name}: the first record of a path stays, and only what was written is told`, async (t) => {
    const record = await create();
    t.deepEqual(await record.append(new Map([['a.json', { x: 1 }]]), signal), ['a.json']);
    const entries = new Map<string, Json>([
      ['b.json', 1],
      ['a.json', { x: 2 }],
    ]);
    t.deepEqual(await record.append(entries, signal), ['b.json']);
    t.deepEqual(await record.append(entries, signal), []);
    t.deepEqual(await record.read('a.json', signal), { x: 1 });
    t.is(await record.read('b.json', signal), 1);
  });
}
