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

/** A checkout whose branch env/prod is what its definitions render to; since then the key has gone. */
async function withoutKey(t: ExecutionContext, level: string) {
  const env = await ownEnvironment(t);
  const cwd = await ownFolder(t, { ...smallFleet, 'base/policies.yaml': policies(level) });
  const out = path.join(await ownFolder(t), 'prod');
  const rendered = await runDrover(['render', '--environment', 'prod', '--out', out], { cwd, env });
  t.is(rendered.exitCode, 0, rendered.err);
  const git = (...args: readonly string[]) => execFileSync('git', ['-C', cwd, ...args], { encoding: 'utf8' });
  const as = ['-c', 'user.name=alice', '-c', 'user.email=alice@acme.example'];
  git('init', '-q');
  git('--work-tree', out, 'add', '--all');
  git(...as, 'commit', '-q', '-m', 'live');
  git('branch', 'env/prod');
  const shop = smallFleet['base/shop.yaml']?.split('---\n')[1] ?? '';
  await writeFiles(cwd, { 'base/shop.yaml': shop });
  return (...more: readonly string[]) => runDrover(['plan', '--environment', 'prod', ...more], { cwd, env });
}

test('a plan that breaks a policy of the live branch is shown, and ends with 1', async (t) => {
  const plan = await withoutKey(t, 'Error');
  const { exitCode, out, err } = await plan();
  t.is(exitCode, 1, err);
  t.regex(out, /\*\*Policy\*\* `policy:keys-stay`: shop\/flags is read by people → needs a confirmation/);
  const json = await plan('--format', 'json');
  t.is(json.exitCode, 1);
  const { dangers } = JSON.parse(json.out) as { dangers: readonly unknown[] };
  t.like(dangers[0], { code: 'Policy', unit: 'policy:keys-stay', confirm: true });
});

test('a policy that only warns leaves the exit code alone', async (t) => {
  const { exitCode, out } = await (await withoutKey(t, 'Warning'))();
  t.is(exitCode, 0);
  t.regex(out, /\*\*Policy\*\* `policy:keys-stay`/);
});
