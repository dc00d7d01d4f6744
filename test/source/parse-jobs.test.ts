import test from 'ava';
import { UnavailableError } from '../../controller/model/errors.ts';
import type { JobParser, ParseOutcome, ParseRequest } from '../../controller/ports/job-parser.ts';
import type { Memo } from '../../controller/ports/memo.ts';
import { type JobToParse, type ParseJobsPorts, parseJobs } from '../../controller/source/parse-jobs.ts';

const signal = AbortSignal.timeout(60_000);

function createMemo(): Memo & { readonly values: Map<string, Uint8Array> } {
  const values = new Map<string, Uint8Array>();
  return {
    values,
    get: async (key) => values.get(key),
    put: async (key, value) => {
      values.set(key, value);
    },
  };
}

function createParser(version = '1.11.3', parse?: (request: ParseRequest) => Promise<ParseOutcome>) {
  const parsed: ParseRequest[] = [];
  const parser: JobParser = {
    version: async () => version,
    parse: async (request) => {
      parsed.push(request);
      if (parse !== undefined) return parse(request);
      return { ok: true, job: { ID: request.hcl } };
    },
  };
  return { parser, parsed };
}

const job = (id: string, more: Partial<ParseRequest> = {}) => ({
  id,
  request: { path: `${id}.nomad.hcl`, hcl: id, variables: {}, files: new Map(), ...more },
});

/** The jobs of one environment. */
async function parseOf(jobs: readonly JobToParse[], ports: ParseJobsPorts, until = signal) {
  return (await parseJobs(new Map([['prod', { hclJobs: jobs }]]), ports, until)).get('prod') ?? new Map();
}

test('jobs come back in the order given', async (t) => {
  const { parser } = createParser('1', async ({ hcl }) => {
    await new Promise((resolve) => setTimeout(resolve, hcl === 'a' ? 20 : 1));
    return { ok: true, job: { ID: hcl } };
  });
  const outcomes = await parseOf(
    ['a', 'b', 'c'].map((id) => job(id)),
    { parser, memo: createMemo() },
  );
  t.deepEqual([...outcomes.keys()], ['a', 'b', 'c']);
  t.deepEqual(outcomes.get('b'), { ok: true, job: { ID: 'b' } });
});

test('what parsed once is not parsed again, under any path', async (t) => {
  const { parser, parsed } = createParser();
  const memo = createMemo();
  const first = await parseOf([job('a')], { parser, memo });
  const again = await parseOf([job('a', { path: 'moved.nomad.hcl' })], { parser, memo });
  t.deepEqual(again, first);
  t.is(parsed.length, 1);
});

test('a text that environments share is parsed once, its refusal told for each', async (t) => {
  const shared = createParser('1', async ({ path }) => ({ ok: false, message: path, line: 1, column: 1 }));
  const jobs = new Map([
    ['dev', { hclJobs: [job('a'), job('b', { variables: { n: 1 } })] }],
    ['prod', { hclJobs: [job('a'), job('b', { variables: { n: 2 } }), job('copy', { hcl: 'a' })] }],
  ]);
  const outcomes = await parseJobs(jobs, { parser: shared.parser, memo: createMemo() }, signal);
  t.deepEqual(
    shared.parsed.map(({ path }) => path),
    ['a.nomad.hcl', 'b.nomad.hcl', 'b.nomad.hcl', 'copy.nomad.hcl'],
  );
  t.like(outcomes.get('dev')?.get('a'), { message: 'a.nomad.hcl' });
  t.like(outcomes.get('prod')?.get('a'), { message: 'a.nomad.hcl' });
  t.like(outcomes.get('prod')?.get('copy'), { message: 'copy.nomad.hcl' });
});

test('no parser is asked for anything where there is nothing to parse', async (t) => {
  const refuse = () => Promise.reject(new UnavailableError('nomad is away'));
  const parser: JobParser = { version: refuse, parse: refuse };
  const outcomes = await parseJobs(
    new Map([['prod', { hclJobs: [] }]]),
    { parser, memo: createMemo() },
    signal,
  );
  t.deepEqual([...outcomes], [['prod', new Map()]]);
});

test('another text, variable, file content or parser version is parsed afresh', async (t) => {
  const memo = createMemo();
  const { parser, parsed } = createParser();
  const file = (byte: number) => new Map([['x.conf', Uint8Array.of(byte)]]);
  const requests = [
    job('a'),
    job('a', { hcl: 'a ' }),
    job('a', { variables: { n: 1 } }),
    job('a', { variables: { n: '1' } }),
    job('a', { files: file(1) }),
    job('a', { files: file(2) }),
  ];
  for (const request of requests) await parseOf([request], { parser, memo });
  t.is(parsed.length, requests.length);
  const newer = createParser('1.12.0');
  await parseOf([job('a')], { parser: newer.parser, memo });
  t.is(newer.parsed.length, 1);
});

test('a refusal is data and is not remembered', async (t) => {
  const refusal: ParseOutcome = { ok: false, message: 'no', line: 2, column: 3 };
  const { parser, parsed } = createParser('1', async () => refusal);
  const memo = createMemo();
  const outcomes = await parseOf([job('a')], { parser, memo });
  t.deepEqual(outcomes.get('a'), refusal);
  await parseOf([job('a')], { parser, memo });
  t.is(parsed.length, 2);
});

test('a memo that holds nonsense costs a parse', async (t) => {
  const { parser, parsed } = createParser();
  const memo = createMemo();
  await parseOf([job('a')], { parser, memo });
  for (const nonsense of ['{', '[]', 'null', '"text"']) {
    for (const key of memo.values.keys()) memo.values.set(key, new TextEncoder().encode(nonsense));
    const outcomes = await parseOf([job('a')], { parser, memo });
    t.deepEqual(outcomes.get('a'), { ok: true, job: { ID: 'a' } });
  }
  t.is(parsed.length, 5);
});

test('at most four parses run at once, and none begins after a failure', async (t) => {
  let running = 0;
  let most = 0;
  const { parser, parsed } = createParser('1', async ({ hcl }) => {
    running += 1;
    most = Math.max(most, running);
    await new Promise((resolve) => setTimeout(resolve, 5));
    running -= 1;
    if (hcl === '5') throw new UnavailableError('nomad is away');
    return { ok: true, job: {} };
  });
  const jobs = Array.from({ length: 100 }, (_, index) => job(String(index)));
  await t.throwsAsync(parseOf(jobs, { parser, memo: createMemo() }), {
    instanceOf: UnavailableError,
  });
  t.is(most, 4);
  t.true(parsed.length < 20);
});

test('an abort ends it', async (t) => {
  const controller = new AbortController();
  const { parser } = createParser('1', async () => {
    controller.abort(new Error('stopped'));
    return { ok: true, job: {} };
  });
  const jobs = Array.from({ length: 20 }, (_, index) => job(String(index)));
  await t.throwsAsync(parseOf(jobs, { parser, memo: createMemo() }, controller.signal), {
    message: 'stopped',
  });
});
