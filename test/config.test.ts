import { readFile } from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import { configSchema, readConfig } from '../controller/config.ts';

const root = path.resolve(import.meta.dirname, '..');
const example = () => readFile(path.join(root, 'manifests/install/controller/controller.yaml'), 'utf8');

test('the shipped example is valid and its defaults are filled in', async (t) => {
  const outcome = readConfig(await example(), '/etc/drover');
  t.true(outcome.ok, JSON.stringify(outcome));
  if (!outcome.ok) return;
  t.is(outcome.config.pollMs, 30_000);
  t.is(outcome.config.clusters['prod']?.agentIntervalMs, 15_000);
  t.true(Object.isFrozen(outcome.config));
});

test('every problem is told at once, each with its place', async (t) => {
  const broken = (await example())
    .replace('type: gitea', 'type: subversion')
    .replace('dataDirectory: /var/lib/drover\n', '')
    .replace('agentInterval: 15s', 'agentInterval: 15')
    .replace('branch: main', 'brunch: main');
  const outcome = readConfig(broken, '/');
  t.false(outcome.ok);
  if (outcome.ok) return;
  const all = outcome.problems.join('\n');
  for (const place of ['forge.type', 'dataDirectory', 'clusters.prod.agentInterval', 'repository.brunch']) {
    t.true(all.includes(place), `${place} in:\n${all}`);
  }
});

test('a cluster that names only its systems gets the defaults too', (t) => {
  const outcome = readConfig(
    `repository: {url: "https://git.acme.example/fleet.git"}
forge: {type: gitea, url: "https://git.acme.example", repository: acme/fleet, tokenFile: token}
dataDirectory: data
parser: {nomad: nomad}
clusters:
  prod: {consul: {address: "http://127.0.0.1:8500", tokenFile: token}, signer: {keyFile: key}}
`,
    '/etc/drover',
  );
  t.true(outcome.ok, JSON.stringify(outcome));
  if (!outcome.ok) return;
  t.like(outcome.config.clusters['prod'], { metricsPort: 9100, agentIntervalMs: 15_000 });
});

test('what is not YAML, empty or of another shape is a problem, not a crash', (t) => {
  for (const text of ['', ': :', '[]', 'a: [', 'null', '42', '{a: &a [*a]}']) {
    t.false(readConfig(text, '/').ok, text);
  }
});

test('relative files start at the config file', async (t) => {
  const outcome = readConfig((await example()).replaceAll('/etc/drover/', ''), '/somewhere');
  t.true(outcome.ok);
  if (outcome.ok) t.is(outcome.config.forge.tokenFile, '/somewhere/forge.token');
});

/** All property names of a JSON schema, however deep. */
function settingNames(schema: unknown): readonly string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const { properties = {}, ...rest } = schema as { properties?: Record<string, unknown> };
  const below = [...Object.values(properties), ...Object.values(rest)].flatMap(settingNames);
  return [...Object.keys(properties), ...below];
}

test('the reference lists every setting', async (t) => {
  const reference = await readFile(path.join(root, 'docs/controller-config.md'), 'utf8');
  const names = settingNames(configSchema);
  t.true(names.includes('planTokenFile') && names.includes('poll'));
  t.deepEqual(
    names.filter((name) => !reference.includes(name)),
    [],
  );
});
