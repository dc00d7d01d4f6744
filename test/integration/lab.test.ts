import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import test from 'ava';
import { findFreePorts } from '../../scripts/lab/free-ports.ts';
import { createLab, type Lab } from '../../scripts/lab/index.ts';
import { requestJson } from '../../scripts/lab/request-json.ts';
import { createGitClient } from './lab-git.ts';

let lab: Lab;
let directory: string;

test.before(async (t) => {
  directory = await mkdtemp(path.join(tmpdir(), 'drover-lab-'));
  lab = await createLab({ directory, components: ['consul', 'nomad', 'vault', 'gitea'], log: t.log });
});

test.after.always(async () => {
  await lab?.stopAll();
  await rm(directory, { recursive: true, force: true });
});

const secret = async (file: string) => (await readFile(file, 'utf8')).trim();

async function call(
  url: string,
  headers: Readonly<Record<string, string>>,
  method: 'GET' | 'PUT' | 'POST',
  body?: unknown,
) {
  const accept = [400, 403, 404, 500];
  return requestJson(url, { method, headers, accept, ...(body === undefined ? {} : { body }) });
}

async function consulAs(tokenFile: string) {
  const headers = { 'x-consul-token': await secret(tokenFile) };
  const kv = (key: string) => `${lab.consul.url}/v1/kv/${key}`;
  return {
    put: async (key: string) => (await call(kv(key), headers, 'PUT', { some: 'value' })).status,
    get: async (key: string) => (await call(kv(key), headers, 'GET')).status,
    session: async () =>
      (await call(`${lab.consul.url}/v1/session/create`, headers, 'PUT', { TTL: '10s' })).status,
  };
}

async function nomadAs(tokenFile: string) {
  const headers = { 'x-nomad-token': await secret(tokenFile) };
  return (method: 'GET' | 'POST', route: string, body?: unknown) =>
    call(`${lab.nomad.url}/v1/${route}`, headers, method, body).then(({ status }) => status);
}

async function vaultAs(tokenFile: string) {
  const headers = { 'x-vault-token': await secret(tokenFile) };
  return (method: 'GET' | 'POST', route: string, body?: unknown) =>
    call(`${lab.vault.url}/v1/${route}`, headers, method, body).then(({ status }) => status);
}

const sampleJob = {
  Job: {
    ID: 'sample',
    Type: 'service',
    TaskGroups: [
      { Name: 'g', Count: 0, Tasks: [{ Name: 't', Driver: 'raw_exec', Config: { command: '/bin/true' } }] },
    ],
  },
};

test.serial('tokens and keys can be read by their owner only', async (t) => {
  const files = [
    ...Object.values(lab.consul.tokens),
    ...Object.values(lab.nomad.tokens),
    lab.vault.unsealKeyFile,
  ];
  for (const file of [...files, lab.vault.tokens.root, lab.gitea.users.drover.tokenFile]) {
    t.is((await stat(file)).mode & 0o777, 0o600, file);
  }
});

test.serial(
  'an agent reads its own payload and writes its own report, and nothing of another server',
  async (t) => {
    const controller = await consulAs(lab.consul.tokens.controller);
    const agent = await consulAs(await lab.consul.createAgentToken({ environment: 'dev', server: 'web-1' }));
    for (const key of [
      'drover/dev/l1/web-1',
      'drover/dev/l1/web-1/7/0',
      'drover/dev/l1/web-10',
      'drover/dev/l1/web-2',
    ]) {
      t.is(await controller.put(key), 200);
    }
    t.is(await agent.get('drover/dev/l1/web-1'), 200);
    t.is(await agent.get('drover/dev/l1/web-1/7/0'), 200);
    t.is(await agent.put('drover/dev/report/web-1'), 200);
    t.is(await agent.get('drover/dev/l1/web-2'), 403);
    t.is(await agent.get('drover/dev/l1/web-10'), 403);
    t.is(await agent.put('drover/dev/l1/web-1'), 403);
    t.is(await agent.put('drover/dev/report/web-2'), 403);
    t.is(await agent.session(), 403);
  },
);

test.serial('a member of a quorum group takes the lock of its own group only', async (t) => {
  const identity = { environment: 'dev', server: 'q-1', groups: ['consul'] };
  const member = await consulAs(await lab.consul.createAgentToken(identity));
  t.is(await member.session(), 200);
  t.is(await member.put('drover/dev/group/consul'), 200);
  t.is(await member.put('drover/dev/group/vault'), 403);
});

test.serial(
  'the controller writes its own keys and those of the named prefixes, and may hold a session',
  async (t) => {
    const controller = await consulAs(lab.consul.tokens.controller);
    t.is(await controller.put('shop/flags'), 200);
    t.is(await controller.put('shopping/flags'), 403);
    t.is(await controller.session(), 200);
  },
);

test.serial(
  'the plan token plans and cannot register; the controller registers and cannot make tokens',
  async (t) => {
    const plan = await nomadAs(lab.nomad.tokens.plan);
    t.is(await plan('POST', 'job/sample/plan', { ...sampleJob, Diff: true }), 200);
    t.is(await plan('POST', 'jobs', sampleJob), 403);
    const controller = await nomadAs(lab.nomad.tokens.controller);
    t.is(await controller('POST', 'jobs', sampleJob), 200);
    t.is(await controller('GET', 'nodes'), 200);
    t.is(await controller('GET', 'agent/self'), 200);
    t.is(await controller('POST', 'acl/token', { Name: 'x', Type: 'management' }), 403);
    t.is(await controller('POST', 'namespace/shop', { Name: 'shop' }), 403);
    t.is(await controller('POST', 'acl/policy/x', { Name: 'x', Rules: '' }), 403);
    t.is(await controller('POST', 'node/pools', { Name: 'gpu' }), 200);
    t.is(await controller('POST', 'var/shop/flags', { Items: { a: 'b' } }), 200);
    t.is(await plan('GET', 'var/shop/flags'), 403);
    t.is(await plan('POST', 'node/pools', { Name: 'gpu' }), 403);
    t.is(await plan('GET', 'volumes?type=host'), 200);
    t.is(await controller('GET', 'plugin/csi/none'), 404);
    const namespaces = await nomadAs(lab.nomad.tokens.namespaces);
    t.is(await namespaces('POST', 'namespace/shop', { Name: 'shop' }), 200);
  },
);

test.serial(
  'the controller sets Vault up for a fleet and signs, but cannot widen its rights or export the key',
  async (t) => {
    const vault = await vaultAs(lab.vault.tokens.controller);
    t.is(await vault('POST', 'sys/mounts/kv', { type: 'kv', options: { version: '2' } }), 204);
    t.is(await vault('POST', 'sys/auth/jwt-nomad', { type: 'jwt' }), 204);
    t.is(
      await vault('POST', 'sys/policies/acl/workloads', {
        policy: 'path "kv/data/x" { capabilities = ["read"] }',
      }),
      204,
    );
    t.is(await vault('POST', 'kv/data/shop/db', { data: { a: 'b' }, options: { cas: 0 } }), 200);
    t.is(await vault('GET', 'kv/metadata/shop/db'), 200);
    t.is(await vault('POST', 'transit/sign/drover', { input: 'aGVsbG8=' }), 200);
    t.is(await vault('POST', 'auth/token/renew-self'), 200);
    t.is(
      await vault('POST', 'sys/policies/acl/drover-controller', {
        policy: 'path "*" { capabilities = ["sudo"] }',
      }),
      403,
    );
    t.is(await vault('GET', 'transit/export/signing-key/drover'), 403);
    t.is(await vault('POST', 'transit/keys/drover/config', { exportable: true }), 403);
    t.is(await vault('POST', 'auth/token/create', { policies: ['root'] }), 403);
  },
);

test.serial(
  'protected branches take pushes of the bot, or of the maintainer, and of nobody else',
  async (t) => {
    const { cloneUrl } = await lab.gitea.createRepository('protected');
    const git = await createGitClient(path.join(directory, 'clone'), cloneUrl);
    const { alice, bob, drover } = lab.gitea.users;
    t.true(await git.push(alice, 'main'));
    t.false(await git.push(bob, 'main'));
    t.true(await git.push(bob, 'change'));
    t.true(await git.push(drover, 'drover/record'));
    t.false(await git.push(alice, 'drover/record'));
    t.true(await git.push(drover, 'env/dev'));
    t.false(await git.push(drover, 'env/dev', { rewrite: true }));
    t.false(await git.push(bob, 'env/dev'));
    t.true(await git.push(drover, 'env/dev-next'));
    t.true(await git.push(drover, 'env/dev-next', { rewrite: true }));
    t.false(await git.push(bob, 'env/dev-next'));
  },
);

test.serial('a restart and a power cut keep data, tokens and ports of each component', async (t) => {
  const consul = await consulAs(lab.consul.tokens.controller);
  await consul.put('test/kept');
  await lab.consul.restart();
  t.is(await consul.get('test/kept'), 200);
  await lab.consul.kill();
  await lab.consul.start();
  t.is(await consul.get('test/kept'), 200);

  const nomad = await nomadAs(lab.nomad.tokens.controller);
  const job = { Job: { ...sampleJob.Job, ID: 'kept' } };
  t.is(await nomad('POST', 'jobs', job), 200);
  await lab.nomad.kill();
  await lab.nomad.start();
  t.is(await nomad('GET', 'job/kept'), 200);

  const vault = await vaultAs(lab.vault.tokens.controller);
  t.is(await vault('GET', 'transit/keys/drover'), 200);
  await lab.vault.restart();
  t.is(await vault('GET', 'transit/keys/drover'), 200);

  const { name } = await lab.gitea.createRepository('kept');
  await lab.gitea.restart();
  t.is((await requestJson(`${lab.gitea.url}/api/v1/repos/${name}`)).status, 200);
});

test.serial('a sealed Vault answers 503 and comes back by its key', async (t) => {
  const { url } = lab.vault;
  await lab.vault.seal();
  t.is((await requestJson(`${url}/v1/sys/health`, { accept: [503] })).status, 503);
  await lab.vault.unseal();
  t.is((await requestJson(`${url}/v1/sys/health`)).status, 200);
});

test.serial('a node_exporter of the lab serves the text files of its folder', async (t) => {
  const textfileDirectory = path.join(directory, 'textfile');
  const [port = 0] = await findFreePorts('127.0.0.2', 1);
  const exporter = await lab.startNodeExporter({
    name: 'web-1',
    address: '127.0.0.2',
    port,
    textfileDirectory,
  });
  const answer = await fetch(`${exporter.url}/metrics?collect[]=textfile`);
  t.true((await answer.text()).includes('node_textfile_scrape_error 0'));
});
