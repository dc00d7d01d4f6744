import test from 'ava';
import type { AdoptedItem, Taken } from '../../controller/adopt/adopted-item.ts';
import { settle, type Verdict, type Verify } from '../../controller/adopt/settle.ts';

const signal = AbortSignal.timeout(10_000);

const item = (name: string, more: Partial<AdoptedItem> = {}): AdoptedItem => ({
  unit: `consul-key:${name}`,
  what: `key ${name}`,
  form: 'keys',
  definition: { kind: 'ConsulKey', name, spec: { key: name, value: 'x' } },
  file: 'keys.yaml',
  beside: [],
  ...more,
});

const taken = (...items: readonly AdoptedItem[]): Taken => ({ items, left: [], mind: [] });

function run(found: Taken, verify: Verify) {
  return settle(found, { verify, head: () => '# head\n' }, signal);
}

/** Finds what is named in the file's text; the rest is equal. */
function finding(word: string): Verify {
  return async (files, units): Promise<Verdict> => {
    const lines = (files.get('keys.yaml') ?? '').split('\n');
    const line = lines.findIndex((text) => text.includes(word)) + 1;
    if (line === 0) return { findings: [], units: new Map([...units].map((unit) => [unit, undefined])) };
    return { findings: [{ path: 'keys.yaml', line, message: 'DRV0000 bad' }], units: undefined };
  };
}

test('a finding takes out the definition on whose line it is, and no other', async (t) => {
  const { kept, left, laid } = await run(taken(item('a'), item('b'), item('c')), finding('name: b'));
  t.deepEqual(
    kept.map(({ what }) => what),
    ['key a', 'key c'],
  );
  t.deepEqual(left, [{ what: 'key b', reason: 'DRV0000 bad' }]);
  t.is(
    laid.files.get('keys.yaml'),
    ['a', 'c']
      .map(
        (name) =>
          `# head\napiVersion: drover.dev/v1alpha1\nkind: ConsulKey\nmetadata:\n  name: ${name}\nspec:\n  key: ${name}\n  value: x\n`,
      )
      .join('---\n'),
  );
});

test('what differs is written in its plainer form, with the loss told', async (t) => {
  const plain = item('a', { form: 'plain', file: 'plain.yaml' });
  const own = item('a', { otherwise: () => plain, loss: { of: 'HCL', so: 'it is written as JSON' } });
  const verify: Verify = async (files, units) => ({
    findings: [],
    units: new Map(
      [...units].map((unit) => [unit, files.has('plain.yaml') ? undefined : 'differs in Count']),
    ),
  });
  const { kept, left, mind } = await run(taken(own), verify);
  t.deepEqual(kept, [plain]);
  t.deepEqual(left, []);
  t.deepEqual(mind, ['key a: its HCL is not what runs, so it is written as JSON (differs in Count)']);
});

test('a form that a check refuses is told as refused, and no form of what is left behind in the end', async (t) => {
  const loss = { of: 'HCL', so: 'it is written as JSON' };
  const own = (name: string) => item(name, { otherwise: () => item(`${name}-plain`), loss });
  const { mind, left } = await run(taken(own('a')), finding('name: a'));
  t.deepEqual(mind, []);
  t.deepEqual(left, [{ what: 'key a-plain', reason: 'DRV0000 bad' }]);
  const kept = await run(
    taken({ ...own('b'), otherwise: () => item('c', { unit: 'consul-key:b' }) }),
    finding('name: b'),
  );
  t.deepEqual(kept.mind, ['key b: its HCL is refused, so it is written as JSON (DRV0000 bad)']);
});

test('what was proved once is not asked again', async (t) => {
  const asked: number[] = [];
  const verify: Verify = async (_files, units) => {
    asked.push(units.size);
    const reason = (unit: string) => (unit.endsWith(':b') ? 'differs' : undefined);
    return { findings: [], units: new Map([...units].map((unit) => [unit, reason(unit)])) };
  };
  await run(taken(item('a'), item('b'), item('c')), verify);
  t.deepEqual(asked, [3, 0]);
});

test('a finding elsewhere takes nothing out, and nothing counts as proved', async (t) => {
  const verify: Verify = async () => ({
    findings: [{ path: undefined, line: 3, message: 'base/web.yaml:3 DRV0000 bad' }],
    units: undefined,
  });
  const { kept, unproven } = await run(taken(item('a')), verify);
  t.is(kept.length, 1);
  t.deepEqual(unproven, ['base/web.yaml:3 DRV0000 bad']);
});

test('where nothing was found nothing is compiled, so that no empty folder is a finding', async (t) => {
  const { unproven, kept } = await run(taken(), async () => ({
    findings: [{ path: undefined, line: 8, message: 'drover.yaml:8 DRV0000 there is no file' }],
    units: undefined,
  }));
  t.deepEqual({ unproven, kept }, { unproven: [], kept: [] });
});

test('it ends, even when nothing is ever right', async (t) => {
  const again = (depth: number): AdoptedItem => item('a', { otherwise: () => again(depth + 1), beside: [] });
  const verify: Verify = async (_files, units) => ({
    findings: [],
    units: new Map([...units].map((unit) => [unit, 'differs'])),
  });
  const { unproven } = await run(taken(again(0)), verify);
  t.is(unproven.length, 1);
});
