import test from 'ava';
import { createMemoryMemo } from '../../controller/adapters/system/memory-memo.ts';
import { compileSource } from '../../controller/reconcile/compile-source.ts';
import { sourceOf } from '../compile/source-of.ts';
import { createFakeConfigChecker, type FakeConfigChecker } from '../fakes/config-checker.ts';

const signal = AbortSignal.timeout(20_000);
const parser = {
  version: async () => '1.11.3',
  parse: async () => ({ ok: false, message: 'not asked', line: 1, column: 1 }) as const,
};

function fleet(content: string, waive = ''): Readonly<Record<string, string>> {
  const servers = [1, 2, 3].map(
    (number) => `apiVersion: drover.dev/v1alpha1
kind: Server
metadata: {name: web-${number}}
spec: {class: {cores: 2, memory: 4Gi}, interfaces: {lan: {address: 10.0.0.${number}}}, facts: {site: s${number}}}
---
apiVersion: drover.dev/v1alpha1
kind: ServerKey
metadata: {name: web-${number}}
spec: {seal: "x25519:${number}v2m7p0Qb0Yc0w8q0k5T6q2m8l0d9s3f4g5h6j7k8l0="}
`,
  );
  return {
    'drover.yaml':
      'apiVersion: drover.dev/v1alpha1\nkind: Project\nmetadata: {name: acme}\nspec: {environments: {demo: {folders: [base], cluster: demo}}}\n',
    'base/servers.yaml': servers.join('---\n'),
    'base/secrets.yaml': `apiVersion: drover.dev/v1alpha1
kind: VaultMount
metadata: {name: kv}
spec: {type: kv, options: {version: "2"}}
---
apiVersion: drover.dev/v1alpha1
kind: VaultSecret
metadata: {name: consul}
spec: {path: kv/consul, keys: {gossip: {generate: {bytes: 32, encoding: base64}}}}
`,
    'base/consul.yaml': `apiVersion: drover.dev/v1alpha1
kind: MachineConfig
metadata: {name: consul${waive}}
spec:
  selector: {}
  files:
    /etc/consul.d/consul.hcl:
      template: true
      content: |
${content
  .split('\n')
  .map((line) => `        ${line}`)
  .join('\n')}
`,
  };
}

async function findingsIn(files: Readonly<Record<string, string>>, checker = createFakeConfigChecker()) {
  const ports = { parser, memo: createMemoryMemo(), droverVersion: '0.4.0', configChecker: checker };
  const { diagnostics } = await compileSource(ports, sourceOf(files), signal);
  return {
    asked: checker.asked,
    found: diagnostics.map(
      ({ code, span, message }) => `${code} ${span.path}:${span.line}:${span.column} ${message}`,
    ),
  };
}

test('what a program refuses is told at the line of the definition', async (t) => {
  const { found } = await findingsIn(fleet('datacenter = "fsn1"\nrefused = true'));
  t.deepEqual(found, [
    'DRV0860 base/consul.yaml:11:9 consul validate refuses /etc/consul.d/consul.hcl: the word is refused',
  ]);
});

const codeByFile = {
  '/etc/consul.d/consul.hcl': 'DRV0860',
  '/etc/nomad.d/nomad.json': 'DRV0861',
  '/etc/prometheus/prometheus.yml': 'DRV0862',
  '/etc/prometheus/rules/site.yml': 'DRV0862',
  '/etc/nginx/nginx.conf': 'DRV0863',
  '/etc/web/web.conf': undefined,
} as const;

test('what a program says of many servers is told once', async (t) => {
  const { found, asked } = await findingsIn(fleet('site = "${{ server.facts.site }}"\nrefused = true'));
  t.is(asked.length, 3);
  t.is(found.length, 1);
});

test('a message without a line is told where its rarest word is written', async (t) => {
  const checker: FakeConfigChecker = {
    ...createFakeConfigChecker(),
    check: async () => ({ ok: false, problems: [{ message: 'invalid config key limits.http_max_conn' }] }),
  };
  const { found } = await findingsIn(fleet('limits {\n  http_max_conn = 4\n}'), checker);
  t.is(found[0]?.split(' ', 2).join(' '), 'DRV0860 base/consul.yaml:11:11');
  const unplaced = await findingsIn(fleet('# nothing'), checker);
  t.is(unplaced.found[0]?.split(' ', 2).join(' '), 'DRV0860 base/consul.yaml:9:16');
});

test('each program is asked about the files that are its own, by their path', async (t) => {
  for (const [path, code] of Object.entries(codeByFile)) {
    const files = fleet('"refused"');
    const definition = files['base/consul.yaml']?.replace('/etc/consul.d/consul.hcl', path) ?? '';
    const { found } = await findingsIn({ ...files, 'base/consul.yaml': definition });
    t.deepEqual(
      found.map((finding) => finding.slice(0, 7)),
      code === undefined ? [] : [code],
      path,
    );
  }
});

test('servers that differ in their own name and address only are asked about once', async (t) => {
  const { asked, found } = await findingsIn(
    fleet('node = "${{ server.name }}"\nbind = "${{ server.address }}"'),
  );
  t.deepEqual(found, []);
  t.is(asked.length, 1);
  const { asked: others } = await findingsIn(fleet('site = "${{ server.facts.site }}"'));
  t.is(others.length, 3);
});

test('a secret never reaches a program', async (t) => {
  const text = 'encrypt = "${{ secret("consul", "gossip") }}"';
  const { asked } = await findingsIn(fleet(text));
  const given = new TextDecoder().decode(asked[0]?.files.get('/etc/consul.d/consul.hcl'));
  t.is(given, `encrypt = "${'A'.repeat(43)}="\n`);
});

test('nobody is asked about definitions with errors', async (t) => {
  const files = fleet('refused = true');
  const broken = {
    ...files,
    'base/consul.yaml': `${files['base/consul.yaml']}    /etc/x.json: {content: "{"}\n`,
  };
  const { asked, found } = await findingsIn(broken);
  t.deepEqual(
    found.map((finding) => finding.slice(0, 7)),
    ['DRV0850'],
  );
  t.is(asked.length, 0);
});

test('a waiver holds for what programs say as well', async (t) => {
  const waive = ', annotations: {drover.dev/waive: "DRV0860 until 2026-12-01: a newer Consul"}';
  const { found } = await findingsIn(fleet('refused = true', waive));
  t.deepEqual(found, []);
});

test('without a program nothing is said', async (t) => {
  const { found } = await findingsIn(fleet('refused = true'), createFakeConfigChecker({ forms: [] }));
  t.deepEqual(found, []);
});

test('what promtool says of an alert is told at its query, or at the test that fails', async (t) => {
  const alert = `apiVersion: drover.dev/v1alpha1
kind: AlertRule
metadata: {name: down}
spec:
  expr: up == 0
  for: 5m
  tests:
    fires:
      input: {up: "0x10"}
      at: 6m
      expect: [{}]
`;
  const messages = ['group "down", rule 1, "down": refused', 'name: fires, alertname: down', 'bad number'];
  const checker: FakeConfigChecker = {
    ...createFakeConfigChecker(),
    check: async ({ form }) =>
      form === 'prometheus-tests'
        ? { ok: false, problems: messages.map((message) => ({ message })) }
        : { ok: true },
  };
  const { found } = await findingsIn({ ...fleet(''), 'base/alert.yaml': alert }, checker);
  t.deepEqual(
    found.map((finding) => finding.split(' ', 2).join(' ')),
    ['DRV0944 base/alert.yaml:5:9', 'DRV0944 base/alert.yaml:7:3', 'DRV0944 base/alert.yaml:11:15'],
  );
});
