import type { TestFn } from 'ava';
import type { JobParser, ParseRequest } from '../../controller/ports/job-parser.ts';

/** What every parser of Nomad's HCL promises. */
export function jobParserContract(test: TestFn, name: string, create: () => Promise<JobParser>): void {
  const signal = AbortSignal.timeout(60_000);
  const request = (hcl: string, variables: ParseRequest['variables'] = {}): ParseRequest => ({
    path: 'a.nomad.hcl',
    hcl,
    variables,
    files: new Map(),
  });

  test(`${name}: gives the API's JSON without nulls or what the server sets, keys sorted`, async (t) => {
    const parser = await create();
    const parsed = await parser.parse(request('job "a" {\n  type = "batch"\n}\n'), signal);
    t.deepEqual(parsed, { ok: true, job: { ID: 'a', Name: 'a', Type: 'batch' } });
    t.is(JSON.stringify(parsed.ok && parsed.job), '{"ID":"a","Name":"a","Type":"batch"}');
  });

  test(`${name}: every JSON value reaches a variable as it is`, async (t) => {
    const parser = await create();
    const hcl =
      'variable "x" {}\nvariable "list" {}\njob "a" {\n  meta {\n    x = var.x\n    y = jsonencode(var.list)\n  }\n}\n';
    const x = 'a "quoted" \\ ${b} %{c} \b\f\n\t ü \u2028 \\b';
    const list = [1, true, { k: 'v' }, 'z${q}'];
    const parsed = await parser.parse(request(hcl, { x, list }), signal);
    t.deepEqual(parsed.ok && parsed.job['Meta'], { x, y: JSON.stringify(list) });
  });

  test(`${name}: a value for a variable that is not declared is passed over`, async (t) => {
    const parser = await create();
    t.true((await parser.parse(request('job "a" {}\n', { other: 1 }), signal)).ok);
  });

  test(`${name}: a mistake is told with its line and column`, async (t) => {
    const parser = await create();
    const parsed = await parser.parse(request('job "a" {\n  groop "g" {}\n}\n'), signal);
    t.like(parsed, { ok: false, line: 2, column: 3 });
    t.regex(parsed.ok ? '' : parsed.message, /groop/);
  });

  test(`${name}: a variable without a value is told, at the beginning`, async (t) => {
    const parser = await create();
    const parsed = await parser.parse(request('variable "x" {}\njob "a" {\n  type = var.x\n}\n'), signal);
    t.like(parsed, { ok: false, line: 1, column: 1 });
    t.regex(parsed.ok ? '' : parsed.message, /Unset variable "x"/);
  });

  test(`${name}: has a version`, async (t) => {
    t.regex(await (await create()).version(signal), /^\d+\.\d+\.\d+/);
  });
}
