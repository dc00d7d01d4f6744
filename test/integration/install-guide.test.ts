import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import test from 'ava';
import { createLab } from '../../scripts/lab/index.ts';
import { ensureTools } from '../../scripts/toolchain/index.ts';
import { commandLinesOf } from '../docs/markdown.ts';

const run = promisify(execFile);
const root = path.resolve(import.meta.dirname, '../..');
const components = ['consul', 'nomad', 'vault', 'gitea'] as const;

async function secret(file: string): Promise<string> {
  return (await readFile(file, 'utf8')).trim();
}

/** A control plane, and an operator with its programs and a token for each of them. */
async function createDesk() {
  const log = () => undefined;
  const directory = await mkdtemp(path.join(tmpdir(), 'drover-install-'));
  const tools = await ensureTools(components, { log });
  const lab = await createLab({ directory: path.join(directory, 'lab'), components, log });
  const programs = tools.map(({ binary }) => path.dirname(binary));
  const env = {
    ...process.env,
    PATH: [path.join(root, 'scripts'), ...programs, process.env['PATH']].join(':'),
    CONSUL_HTTP_ADDR: lab.consul.url,
    CONSUL_HTTP_TOKEN: await secret(lab.consul.tokens.bootstrap),
    NOMAD_ADDR: lab.nomad.url,
    NOMAD_TOKEN: await secret(lab.nomad.tokens.bootstrap),
    VAULT_ADDR: lab.vault.url,
    VAULT_TOKEN: await secret(lab.vault.tokens.root),
  };
  const headers = { 'x-consul-token': env.CONSUL_HTTP_TOKEN };
  const self = await fetch(`${lab.consul.url}/v1/agent/self`, { headers });
  const { Config } = (await self.json()) as { Config: { NodeName: string } };
  return {
    directory,
    settings: path.join(directory, 'etc'),
    lab,
    nomad: tools.find(({ name }) => name === 'nomad')?.binary ?? 'nomad',
    node: Config.NodeName,
    guide: await readFile(path.join(root, 'docs/install.md'), 'utf8'),
    shell: async (script: string): Promise<string> => {
      const text = `set -eu; umask 077; cd "${path.join(root, 'manifests/install')}"; ${script}`;
      const { stdout } = await run('sh', ['-c', text], { env, timeout: 60_000 });
      return stdout;
    },
  };
}

type Desk = Awaited<ReturnType<typeof createDesk>>;

const opened = createDesk();

test.after.always('nothing is left', async () => {
  const { lab, directory } = await opened;
  await lab.stopAll();
  await rm(directory, { recursive: true, force: true });
});

/** The commands of one step of the guide, as they are written but for names that are the reader's own. */
function commandsOf({ guide, settings, node }: Desk, title: string): readonly string[] {
  const [, after = ''] = guide.split(`\n## ${title}\n`);
  const [step = ''] = after.split('\n## ');
  // The lab has policies of the guide's names already, and keeps its own.
  return commandLinesOf(step)
    .filter((line) => line !== '' && !/^(?:cd|cp|systemctl) /.test(line))
    .map((line) =>
      line
        .replaceAll('/etc/drover', settings)
        .replaceAll('NODE', node)
        .replaceAll(/\bdrover-(controller|plan)\b/g, 'drover-guide-$1'),
    );
}

async function writeSettings({ settings, directory, lab, nomad }: Desk): Promise<string> {
  const { name, cloneUrl } = await lab.gitea.createRepository('fleet');
  await copyFile(lab.gitea.users.drover.tokenFile, path.join(settings, 'forge.token'));
  await writeFile(path.join(settings, 'webhook.secret'), 'a secret of the webhook\n');
  const shipped = await readFile(path.join(root, 'manifests/install/controller/controller.yaml'), 'utf8');
  const filled = shipped
    .replaceAll('/etc/drover', settings)
    .replace('https://git.acme.example/acme/fleet.git', `${cloneUrl}\n  allowInsecure: true`)
    .replaceAll('https://git.acme.example', lab.gitea.url)
    .replace('repository: acme/fleet', `repository: ${name}`)
    .replace('/var/lib/drover', path.join(directory, 'data'))
    .replace('/usr/bin/nomad', nomad)
    .replace('http://127.0.0.1:8500', lab.consul.url)
    .replace('http://127.0.0.1:4646', lab.nomad.url)
    .replace('http://127.0.0.1:8200', lab.vault.url);
  await writeFile(path.join(settings, 'controller.yaml'), filled);
  return cloneUrl;
}

test.serial('the commands of the guide make keys and tokens that only their owner reads', async (t) => {
  const desk = await opened;
  await mkdir(path.join(desk.settings, 'prod'), { recursive: true });
  const [makeKeys = ''] = commandsOf(desk, '3. Keys');
  t.regex(await desk.shell(makeKeys), /^ed25519:\S{44}\n$/);
  const commands = commandsOf(desk, '4. Tokens');
  t.is(commands.length, 9);
  for (const command of commands) await desk.shell(command);
  for (const name of ['controller.key', 'consul.token', 'nomad.token', 'nomad-plan.token', 'vault.token']) {
    const file = path.join(desk.settings, 'prod', name);
    t.regex(await secret(file), /^\S{20,}$/, name);
    t.is((await stat(file)).mode & 0o777, 0o600, name);
  }
});

test.serial('with the shipped settings and these tokens the doctor finds nothing wrong', async (t) => {
  const desk = await opened;
  const { shell, lab, settings } = desk;
  const url = await writeSettings(desk);
  const fleet = path.join(desk.directory, 'fleet');
  await shell(`drover init "${fleet}" --name acme --environment prod; drover validate "${fleet}"`);
  const withToken = url.replace('://', `://alice:${await secret(lab.gitea.users.alice.tokenFile)}@`);
  const commit = 'git -c user.name=Alice -c user.email=alice@acme.example commit -q -m "The fleet"';
  await shell(
    `cd "${fleet}"; git init -q -b main; git add .; ${commit}; git push -q "${withToken}" HEAD:refs/heads/main`,
  );
  const answer = await shell(`drover doctor --config "${path.join(settings, 'controller.yaml')}"`);
  t.true([...answer.matchAll(/^ok {2}/gm)].length >= 9, answer);
});

test.serial('a server gets its key document and a token from the guide', async (t) => {
  const desk = await opened;
  const [keys = '', policy = '', token = ''] = commandsOf(desk, '7. Agents');
  const document = await desk.shell(keys);
  t.regex(document, /^kind: ServerKey\nmetadata: \{name: web-1\}\nspec: \{seal: "x25519:\S{44}"\}$/m);
  await desk.shell(policy);
  t.regex(await desk.shell(token), /^[0-9a-f-]{36}\n$/);
});
