import { execFileSync } from 'node:child_process';
import path from 'node:path';
import type { ExecutionContext } from 'ava';
import test from 'ava';
import { ownEnvironment, ownFolder, runDrover, smallFleet, writeFiles } from './run-drover.ts';

const policies = (level: string) => `apiVersion: drover.dev/v1alpha1
kind: Policy
metadata: {name: keys-stay}
spec:
  on: Plan
  rule: plan.actions.all(a, a.kind != "consul-key" || a.verb != "delete")
  message: "{a.key} is read by people"
  level: ${level}
`;

/** A fleet whose tenants of base/ may have the keys below these prefixes. */
const withTenant = (prefixes: string) => ({
  'drover.yaml': `${smallFleet['drover.yaml']}  tenants: [{path: base/**, jobs: {consulPrefixes: [${prefixes}]}}]\n`,
});

/** A checkout whose branch env/prod is what its definitions render to. */
async function checkout(t: ExecutionContext, files: Readonly<Record<string, string>>) {
  const env = await ownEnvironment(t);
  const cwd = await ownFolder(t, { ...smallFleet, ...files });
  const out = path.join(await ownFolder(t), 'prod');
  const rendered = await runDrover(['render', '--environment', 'prod', '--out', out], { cwd, env });
  t.is(rendered.exitCode, 0, rendered.err);
  const git = (...args: readonly string[]) => execFileSync('git', ['-C', cwd, ...args], { encoding: 'utf8' });
  const as = ['-c', 'user.name=alice', '-c', 'user.email=alice@acme.example'];
  git('init', '-q');
  git('--work-tree', out, 'add', '--all');
  git(...as, 'commit', '-q', '-m', 'live');
  git('branch', 'env/prod');
  const plan = (...more: readonly string[]) =>
    runDrover(['plan', '--environment', 'prod', ...more], { cwd, env });
  return { cwd, env, plan };
}

/** Since then the key has gone. */
async function withoutKey(t: ExecutionContext, level: string) {
  const { cwd, plan } = await checkout(t, { 'base/policies.yaml': policies(level) });
  const shop = smallFleet['base/shop.yaml']?.split('---\n')[1] ?? '';
  await writeFiles(cwd, { 'base/shop.yaml': shop });
  return plan;
}

test('a plan that breaks a policy of the live branch is shown, and ends with 1', async (t) => {
  const plan = await withoutKey(t, 'Error');
  const { exitCode, out, err } = await plan();
  t.is(exitCode, 1, err);
  t.regex(out, /^  Policy policy:keys-stay: shop\/flags is read by people \(needs a confirmation\)$/m);
  const json = await plan('--format', 'json');
  t.is(json.exitCode, 1);
  const { dangers } = JSON.parse(json.out) as { dangers: readonly unknown[] };
  t.like(dangers[0], { code: 'Policy', unit: 'policy:keys-stay', confirm: true });
});

test('a policy that only warns leaves the exit code alone', async (t) => {
  const { exitCode, out } = await (await withoutKey(t, 'Warning'))();
  t.is(exitCode, 0);
  t.regex(out, /^  Policy policy:keys-stay: /m);
});

test('rights that the definitions give themselves are shown as a broken tenant, and end with 1', async (t) => {
  const { cwd, plan } = await checkout(t, withTenant('shop/'));
  const key = `apiVersion: drover.dev/v1alpha1
kind: ConsulKey
metadata: {name: blog}
spec: {key: blog/a, value: x}
`;
  await writeFiles(cwd, { 'base/blog.yaml': key, ...withTenant('shop/, blog/') });
  const { exitCode, out, err } = await plan();
  t.is(exitCode, 1, err);
  t.regex(out, /^  Tenant tenant:base\/\*\*: base\/blog\.yaml:4 blog\/a is not/m);
});

test('a plan is judged by the live branch’s policies over definitions, not by what became of them', async (t) => {
  const strict = `apiVersion: drover.dev/v1alpha1
kind: Policy
metadata: {name: flags-on}
spec: {match: {kinds: [ConsulKey]}, rule: resource.spec.value == "on", message: must be on}
`;
  const { cwd, plan } = await checkout(t, { 'base/policies.yaml': strict });
  const off = (smallFleet['base/shop.yaml'] ?? '').replace('value: "on"', 'value: "off"');
  await writeFiles(cwd, { 'base/policies.yaml': '', 'base/shop.yaml': off });
  const { exitCode, out, err } = await plan();
  t.is(exitCode, 1, err);
  t.regex(out, /Policy policy:flags-on: base\/shop\.yaml:3 flags-on: must be on/);
  t.regex(out, /Loosens rules: the policy flags-on goes/);
});

test('a plan is plain text for a terminal, with its numbers at the end', async (t) => {
  const { cwd, plan } = await checkout(t, {});
  const nothing = await plan();
  t.regex(nothing.out, /^plan for prod: nothing changes \([0-9a-f]{8}\)\n$/);
  const shop = smallFleet['base/shop.yaml'] ?? '';
  await writeFiles(cwd, { 'base/shop.yaml': shop.replace('value: "on"', 'value: "off\u001b"') });
  const { out } = await plan();
  const [first, ...lines] = out.split('\n');
  t.is(first, 'Consul, Vault, secrets, namespaces');
  t.true(lines.includes('~ consul-key:shop/flags  (base/shop.yaml:1)'), out);
  t.true(lines.includes('      +off\\u{1b}'), out);
  t.regex(lines.at(-2) ?? '', /^plan for prod: 1 other object changes /);
  t.notRegex(out, /<details>|\*\*/);
});

test('a plan as Markdown is the comment on the proposal', async (t) => {
  const { plan } = await checkout(t, {});
  t.regex((await plan('--format', 'markdown')).out, /^### Plan for `prod`: nothing changes\n/);
});

test('the environment may be left out where there is one, and is asked for where there are two', async (t) => {
  const { cwd, env } = await checkout(t, {});
  const run = () => runDrover(['plan'], { cwd, env });
  const { exitCode, err } = await run();
  t.is(exitCode, 2);
  t.regex(err, /which environment\?\n.*Say it with --environment; drover.yaml has: prod, dev\./);
  const project = smallFleet['drover.yaml'] ?? '';
  await writeFiles(cwd, { 'drover.yaml': project.replace(/ {4}dev: .*\n/, '') });
  t.is((await run()).exitCode, 0);
});

test('a plan of files that no commit has names none, and one of a commit says how to make it again', async (t) => {
  const { cwd, plan } = await checkout(t, {});
  const key = 'apiVersion: drover.dev/v1alpha1\nkind: ConsulKey\nmetadata: {name: more}\n';
  await writeFiles(cwd, { 'base/more.yaml': `${key}spec: {key: shop/more, value: x}\n` });
  const git = (...args: readonly string[]) => execFileSync('git', ['-C', cwd, ...args], { encoding: 'utf8' });
  const loose = await plan('--format', 'markdown');
  t.regex(loose.out, /definitions that are not committed/);
  t.notRegex(loose.out, /again by hand/);
  git('add', '--all');
  git('-c', 'user.name=alice', '-c', 'user.email=alice@acme.example', 'commit', '-q', '-m', 'more keys');
  const head = git('rev-parse', '--short=10', 'HEAD').trim();
  const committed = await plan('--format', 'markdown');
  t.true(committed.out.includes(`drover plan --environment prod --at ${head}`));
  t.regex(committed.out, /: more keys\)/);
});
