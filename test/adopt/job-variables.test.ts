import test from 'ava';
import { readJobVariables } from '../../controller/adopt/job-variables.ts';
import type { JobSource } from '../../controller/ports/job-sources.ts';

const declared = `
variable "image" { type = string }
variable "count" { type = number }
variable "big" { type = number }
variable "free" {}
variable "flags" { type = map(string) }
variable "debug" { type = bool }
job "web" {}
`;

const source = (values: Partial<JobSource>): JobSource => ({
  text: declared,
  format: 'hcl2',
  variables: '',
  flags: {},
  ...values,
});

/** Stands for Nomad's parser: answers what a test says of each expression. */
function parserOf(values: unknown): {
  parse: (hcl: string) => Promise<{ Meta: { values: string } } | undefined>;
  asked: string[];
} {
  const asked: string[] = [];
  return {
    asked,
    parse: async (hcl) => {
      asked.push(hcl);
      return values === undefined ? undefined : { Meta: { values: JSON.stringify(values) } };
    },
  };
}

test('texts, numbers and what has no type are taken as they came', async (t) => {
  const { parse, asked } = parserOf(undefined);
  const flags = { image: '[shop/web:1]', count: '3', free: '7' };
  t.deepEqual(await readJobVariables(source({ flags }), parse), {
    image: '[shop/web:1]',
    count: 3,
    free: '7',
  });
  t.deepEqual(asked, []);
});

test('a number that a program might round stays a text', async (t) => {
  const flags = { big: '12345678901234567890' };
  t.deepEqual(await readJobVariables(source({ flags }), parserOf(undefined).parse), flags);
});

test('other types are expressions, which the parser reads', async (t) => {
  const { parse, asked } = parserOf({ value: { a: 'b' } });
  t.deepEqual(await readJobVariables(source({ flags: { flags: '{ a = "b" }' } }), parse), {
    flags: { a: 'b' },
  });
  t.true(asked[0]?.includes('value = { a = "b" }'));
});

test('a variable file is read by the parser, and values by name win over it', async (t) => {
  const variables = 'image = "old"\nflags = {\n  inner = "x"\n}\nstranger = 1\n';
  const { parse, asked } = parserOf({ image: 'old', flags: { inner: 'x' }, stranger: 1 });
  const found = await readJobVariables(source({ variables, flags: { image: 'new' } }), parse);
  t.deepEqual(found, { image: 'new', flags: { inner: 'x' } });
  t.true(asked[0]?.includes('"image" = local.image, "flags" = local.flags, "stranger" = local.stranger'));
  t.false(asked[0]?.includes('local.inner'));
});

test('what the parser refuses is no value', async (t) => {
  t.is(
    await readJobVariables(source({ variables: 'image = file("/etc/passwd")' }), parserOf(undefined).parse),
    undefined,
  );
});
