import { readFile } from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import { verbs } from '../../controller/cli/verbs.ts';
import { droverVersion } from '../../controller/version.ts';
import { ownFolder, runDrover } from './run-drover.ts';

const nameOf = (usage: string) => usage.split(' ')[0] ?? '';

for (const verb of verbs) {
  const name = nameOf(verb.usage);
  test(`drover ${name} --help tells what it does and shows its examples`, async (t) => {
    const { exitCode, out, err } = await runDrover([name, '--help']);
    t.is(exitCode, 0);
    t.is(err, '');
    t.true(out.includes(verb.summary));
    t.true(verb.examples.length > 0);
    for (const example of verb.examples) t.true(out.includes(example), example);
  });

  test(`drover ${name} refuses an option that it does not have`, async (t) => {
    const { exitCode, out, err } = await runDrover([name, '--no-such-option']);
    t.is(exitCode, 2);
    t.is(out, '');
    // Options that are required and missing are told first.
    t.regex(err, /unknown option '--no-such-option'|required option/);
    t.regex(err, /--help/);
  });

  test(`each example of drover ${name} begins with its name`, (t) => {
    for (const example of verb.examples) t.regex(example, new RegExp(`^drover ${name}( |$)`));
  });
}

test('drover --help lists every verb', async (t) => {
  const { exitCode, out } = await runDrover(['--help']);
  t.is(exitCode, 0);
  for (const { usage, summary } of verbs) {
    t.true(out.includes(nameOf(usage)));
    t.true(out.replaceAll(/\s+/g, ' ').includes(summary));
  }
});

test('drover --version tells the version of package.json', async (t) => {
  const file = path.resolve(import.meta.dirname, '../../package.json');
  const { version } = JSON.parse(await readFile(file, 'utf8')) as { version: string };
  t.is(droverVersion, version);
  const { exitCode, out } = await runDrover(['--version']);
  t.is(exitCode, 0);
  t.is(out, `${version}\n`);
});

test('a verb that does not exist is wrong usage and points to the help', async (t) => {
  const { exitCode, err } = await runDrover(['aply']);
  t.is(exitCode, 2);
  t.regex(err, /unknown command 'aply'/);
  t.regex(err, /drover --help/);
});

test('wrong usage of a verb points to the help of that verb', async (t) => {
  const { exitCode, err } = await runDrover(['render']);
  t.is(exitCode, 2);
  t.regex(err, /drover render --help/);
});

test('no verb at all is wrong usage and shows the verbs', async (t) => {
  const { exitCode, err } = await runDrover([]);
  t.is(exitCode, 2);
  t.regex(err, /validate/);
});

const usageErrors: readonly { args: readonly string[]; says: RegExp }[] = [
  { args: ['render'], says: /required option '--out <folder>'/ },
  { args: ['plan', '--format', 'xml'], says: /text, markdown, json/ },
  { args: ['keys', 'controller'], says: /required option '--out <folder>'/ },
  { args: ['rollback'], says: /missing required argument 'environment'/ },
  { args: ['rollback', 'prod'], says: /exactly one of --to and --release/ },
  { args: ['rollback', 'prod', '--to', 'abcdef0', '--release'], says: /exactly one of --to and --release/ },
  { args: ['validate', '--format', 'xml'], says: /text, json/ },
  { args: ['status', '--config', '/nowhere/controller.yaml'], says: /--config or DROVER_CONFIG/ },
  { args: ['doctor', '--config', '/nowhere/controller.yaml'], says: /--config or DROVER_CONFIG/ },
  { args: ['controller', '--config', '/nowhere/controller.yaml'], says: /--config or DROVER_CONFIG/ },
  { args: ['agent', '--config', '/nowhere/agent.yaml'], says: /docs\/agent\.md has an example/ },
];

for (const { args, says } of usageErrors) {
  test(`drover ${args.join(' ')} is wrong usage and says what to do`, async (t) => {
    const { exitCode, out, err } = await runDrover(args);
    t.is(exitCode, 2);
    t.is(out, '');
    t.regex(err, says);
  });
}

test('every problem of a config file is told at once', async (t) => {
  const folder = await ownFolder(t, {
    'controller.yaml': 'repository: {}\nforge: {type: svn}\nclusters: {}\n',
  });
  const { exitCode, err } = await runDrover(['status', '--config', 'controller.yaml'], { cwd: folder });
  t.is(exitCode, 2);
  for (const field of ['repository', 'forge', 'dataDirectory']) t.true(err.includes(field), err);
});

test('status without a controller and without Consul is a failure that names both', async (t) => {
  const config = `repository: {url: "https://git.acme.example/fleet.git"}
forge: {type: gitea, url: "https://git.acme.example", repository: acme/fleet, tokenFile: token}
dataDirectory: data
parser: {nomad: nomad}
clusters:
  prod: {consul: {address: "http://127.0.0.1:1", tokenFile: token}, signer: {keyFile: key}}
`;
  const folder = await ownFolder(t, { 'controller.yaml': config });
  const { exitCode, err } = await runDrover(['status', '--config', 'controller.yaml'], { cwd: folder });
  t.is(exitCode, 1);
  t.regex(err, /no controller answers here; this is what was last kept in Consul/);
  t.regex(err, /error DRV9\d{3}: the token file .* can't be read/);
});
