import { execFileSync } from 'node:child_process';
import test from 'ava';
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { ownEnvironment, ownFolder, runDrover, smallFleet, writeFiles } from './run-drover.ts';

const place = {
  path: Type.String({ minLength: 1 }),
  line: Type.Integer({ minimum: 1 }),
  column: Type.Integer({ minimum: 1 }),
  endLine: Type.Integer({ minimum: 1 }),
  endColumn: Type.Integer({ minimum: 1 }),
};
const related = Type.Object({ message: Type.String(), ...place }, { additionalProperties: false });

/** What scripts and editors read: a contract. */
const findings = Type.Array(
  Type.Object(
    {
      code: Type.String({ pattern: '^DRV[0-9]{4}$' }),
      severity: Type.Union([Type.Literal('error'), Type.Literal('warning'), Type.Literal('info')]),
      message: Type.String({ minLength: 1 }),
      ...place,
      environment: Type.Optional(Type.String()),
      related: Type.Optional(Type.Array(related)),
      hint: Type.Optional(Type.String()),
    },
    { additionalProperties: false },
  ),
);

const broken = {
  ...smallFleet,
  'base/more.yaml': `apiVersion: drover.dev/v1alpha1
kind: ConsulKey
metadata: {name: more}
spec: {kee: shop/more, value: "\${{ vars.greting }}"}
---
apiVersion: drover.dev/v1alpha1
kind: ConsulKey
metadata: {name: flags}
spec: {key: shop/other, value: x}
`,
};

test('a fleet without mistakes validates with exit code 0', async (t) => {
  const cwd = await ownFolder(t, smallFleet);
  const { exitCode, err } = await runDrover(['validate'], { cwd, env: await ownEnvironment(t) });
  t.is(err, '');
  t.is(exitCode, 0);
});

test('validate --format json prints an array of findings in the shape that is promised', async (t) => {
  const cwd = await ownFolder(t, broken);
  const run = await runDrover(['validate', '--format', 'json'], { cwd, env: await ownEnvironment(t) });
  t.is(run.exitCode, 1);
  const found: unknown = JSON.parse(run.out);
  t.deepEqual(Value.Errors(findings, found), []);
  t.true(Value.Check(findings, found) && found.length >= 2);
});

test('validate --format json prints an empty array when there is nothing to say', async (t) => {
  const { 'base/servers.yaml': _servers, ...quiet } = smallFleet;
  const cwd = await ownFolder(t, quiet);
  const run = await runDrover(['validate', '--format', 'json'], { cwd, env: await ownEnvironment(t) });
  t.is(run.exitCode, 0);
  t.is(run.out, '[]\n');
});

test('columns count from 1 in UTF-16 units', async (t) => {
  const text =
    'apiVersion: drover.dev/v1alpha1\nkind: ConsulKey\nmetadata: {name: k}\nspec: {key: "🐄", value: "x", kee: 1}\n';
  const cwd = await ownFolder(t, { ...smallFleet, 'base/cow.yaml': text });
  const run = await runDrover(['validate', '--format', 'json'], { cwd, env: await ownEnvironment(t) });
  const found = JSON.parse(run.out) as { path: string; line: number; column: number }[];
  const column = (text.split('\n')[3] ?? '').indexOf('kee') + 1;
  t.true(
    found.some(
      (finding) => finding.path === 'base/cow.yaml' && finding.line === 4 && finding.column === column,
    ),
  );
});

test('findings as text name file, line, column and code, and show the line', async (t) => {
  const cwd = await ownFolder(t, broken);
  const run = await runDrover(['validate'], { cwd, env: await ownEnvironment(t) });
  t.is(run.exitCode, 1);
  t.regex(run.out, /base\/more\.yaml:4:\d+ error DRV\d{4}/);
  t.true(run.out.includes('spec: {kee: shop/more'));
});

test('warnings fail only when asked to', async (t) => {
  const cwd = await ownFolder(t, smallFleet);
  const env = await ownEnvironment(t);
  t.is((await runDrover(['validate'], { cwd, env })).exitCode, 0);
  const strict = await runDrover(['validate', '--strict'], { cwd, env });
  t.is(strict.exitCode, 1);
  t.regex(strict.out, /warning DRV0504 the server web-1 has not joined/);
});

test('only findings of the environment that was asked for are shown', async (t) => {
  const cwd = await ownFolder(t, {
    ...smallFleet,
    'drover.yaml': smallFleet['drover.yaml']?.replace('vars: {greeting: hi}', 'vars: {}') ?? '',
  });
  const env = await ownEnvironment(t);
  t.is((await runDrover(['validate', '--environment', 'prod'], { cwd, env })).exitCode, 0);
  t.is((await runDrover(['validate', '--environment', 'dev'], { cwd, env })).exitCode, 1);
  t.is((await runDrover(['validate'], { cwd, env })).exitCode, 1);
});

test('a folder without a fleet is a finding, never an empty success', async (t) => {
  const cwd = await ownFolder(t);
  const run = await runDrover(['validate'], { cwd, env: await ownEnvironment(t) });
  t.is(run.exitCode, 1);
  t.regex(run.out + run.err, /drover\.yaml|Project/);
});

const tenantsOf = (prefixes: string) =>
  `${smallFleet['drover.yaml']}  tenants: [{path: base/**, jobs: {consulPrefixes: [${prefixes}]}}]\n`;

test('validate --base judges by the tenants of that commit, and without it says whose they are', async (t) => {
  const env = await ownEnvironment(t);
  const cwd = await ownFolder(t, { ...smallFleet, 'drover.yaml': tenantsOf('blog/') });
  const as = ['-c', 'user.name=alice', '-c', 'user.email=alice@acme.example'];
  const git = (...args: readonly string[]) => execFileSync('git', ['-C', cwd, ...args]);
  git('init', '-q', '-b', 'main');
  git('add', '--all');
  git(...as, 'commit', '-q', '-m', 'narrow');
  await writeFiles(cwd, { 'drover.yaml': tenantsOf('blog/, shop/') });

  const own = await runDrover(['validate'], { cwd, env });
  t.is(own.exitCode, 0, own.out);
  t.regex(own.out, /; tenants as in this tree: --base main judges as a pull request is judged\n$/);
  const judged = await runDrover(['validate', '--base', 'main'], { cwd, env });
  t.is(judged.exitCode, 1);
  t.regex(judged.out, /error DRV0926 .*shop\/flags is not/);
  t.regex(judged.out, /hint: tenants are judged as main has them/);
  t.regex(judged.out, /; tenants and policies as main has them too\n$/);
  t.is((await runDrover(['validate', '--base', 'nowhere'], { cwd, env })).exitCode, 2);
});

test('validate --base judges by the policies of that commit too', async (t) => {
  const env = await ownEnvironment(t);
  const policy = `apiVersion: drover.dev/v1alpha1
kind: Policy
metadata: {name: no-shop}
spec: {match: {kinds: [ConsulKey]}, rule: '!resource.spec.key.startsWith("shop/")', message: no}
`;
  const cwd = await ownFolder(t, {
    'drover.yaml': smallFleet['drover.yaml'] ?? '',
    'base/policies.yaml': policy,
  });
  const as = ['-c', 'user.name=alice', '-c', 'user.email=alice@acme.example'];
  const git = (...args: readonly string[]) => execFileSync('git', ['-C', cwd, ...args]);
  git('init', '-q', '-b', 'main');
  git('add', '--all');
  git(...as, 'commit', '-q', '-m', 'strict');
  const own = await runDrover(['validate'], { cwd, env });
  t.regex(own.out, /; policies as in this tree: --base main judges/);
  await writeFiles(cwd, { ...smallFleet, 'base/policies.yaml': '' });

  t.is((await runDrover(['validate'], { cwd, env })).exitCode, 0);
  const judged = await runDrover(['validate', '--base', 'main'], { cwd, env });
  t.is(judged.exitCode, 1);
  t.regex(judged.out, /error DRV0930 .*no-shop: no/);
  t.regex(judged.out, /hint: policies are judged as main has them: loosen them in a change of its own/);
});

test('what is read beside the code names files from the root of the repository', async (t) => {
  const inside = Object.entries(broken).map(([path, text]) => [`ops/fleet/${path}`, text] as const);
  const cwd = await ownFolder(t, Object.fromEntries(inside));
  const env = await ownEnvironment(t);
  const validate = async (format: string) =>
    (await runDrover(['validate', 'ops/fleet', '--format', format], { cwd, env })).out;
  t.regex(await validate('github'), /::error file=base\/more\.yaml,/);
  execFileSync('git', ['init', '--quiet', cwd]);
  t.regex(await validate('github'), /::error file=ops\/fleet\/base\/more\.yaml,/);
  t.true((await validate('sarif')).includes('"uri": "ops/fleet/base/more.yaml"'));
  t.regex(await validate('json'), /"path": "base\/more\.yaml"/);
});
