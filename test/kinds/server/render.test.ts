import test from 'ava';
import { renderServer } from '../../../controller/kinds/server/render.ts';
import type { ServerDocument } from '../../../controller/model/payload.ts';
import { type FakeFleet, type FakeResource, fakeFleet, fakeResource } from '../../fakes/fleet.ts';

const server: FakeResource = {
  kind: 'Server',
  name: 'web-1',
  labels: { role: 'client' },
  spec: {
    class: 'cx',
    interfaces: { lan: { address: '10.0.0.1/24' }, wan: { address: '192.0.2.1', advertise: true } },
  },
};

function config(name: string, spec: object): FakeResource {
  return { kind: 'MachineConfig', name, spec: { selector: {}, ...spec } };
}

function render(resources: readonly FakeResource[], around: Partial<FakeFleet> = {}) {
  const fleet = fakeFleet({ ...around, resources: [server, ...resources] });
  const { units, diagnostics } = renderServer(fakeResource(server), fleet);
  const files = units.flatMap((unit) => [...unit.files]);
  const texts = new Map(files.map(([path, bytes]) => [path, new TextDecoder().decode(bytes)]));
  const document = JSON.parse(texts.get('servers/web-1/payload.json') ?? '{}') as ServerDocument;
  return { document, texts, codes: diagnostics.map(({ code }) => code) };
}

test('the advertised interface gives the address, without its prefix length', (t) => {
  t.is(render([]).document.address, '192.0.2.1');
});

test('the higher priority wins a path whole', (t) => {
  const low = config('low', { priority: 10, files: { '/etc/a': { content: 'low', mode: '0600' } } });
  const high = config('high', { priority: 20, files: { '/etc/a': { content: 'high' } } });
  const { document, texts } = render([high, low]);
  t.deepEqual(
    document.files.map((file) => 'mode' in file && [file.path, file.mode]),
    [['/etc/a', '0644']],
  );
  t.is(texts.get('servers/web-1/files/etc/a.txt'), 'high');
});

test('absent by a higher priority takes a file away', (t) => {
  const low = config('low', { priority: 10, files: { '/etc/a': { content: 'low' } } });
  const high = config('high', { priority: 20, files: { '/etc/a': 'absent' } });
  const { document, texts } = render([low, high]);
  t.deepEqual(document.files, [{ path: '/etc/a', absent: true }]);
  t.deepEqual([...texts.keys()], ['servers/web-1/payload.json']);
});

test('a configuration for others is left out', (t) => {
  const other = config('other', {
    selector: { matchLabels: { role: 'quorum' } },
    files: { '/a': { content: 'x' } },
  });
  t.deepEqual(render([other]).document.files, []);
});

test('a file is copied byte for byte, a template and template: true are resolved', (t) => {
  const text = '${{ server.name }}';
  const files = {
    '/raw': { file: 'f.txt' },
    '/template': { template: 'f.txt' },
    '/content': { content: text },
    '/both': { content: text, template: true },
  };
  const { texts } = render([config('base', { files })], { files: { 'f.txt': text } });
  const names = ['raw', 'template', 'content', 'both'];
  t.deepEqual(
    names.map((name) => texts.get(`servers/web-1/files/${name}.txt`)),
    [text, 'web-1', text, 'web-1'],
  );
});

test('a secret stays a placeholder, and makes its file sensitive', (t) => {
  const files = { '/etc/token': { content: 'a=${{ secret("kv/x", "token") }}', template: true } };
  const { document, texts } = render([config('base', { files })]);
  const [file] = document.files;
  t.is(texts.get('servers/web-1/files/etc/token.txt'), 'a=${{ secret("kv/x", "token") }}');
  t.like(file, { sensitive: true, secrets: [{ path: 'kv/x', key: 'token' }] });
});

test('drop-ins are files that their unit watches', (t) => {
  const units = {
    'docker.service': { dropIns: { limits: { content: '[Service]\n' } }, restartOn: ['/etc/d'] },
  };
  const { document } = render([config('base', { units })]);
  const path = '/etc/systemd/system/docker.service.d/limits.conf';
  t.deepEqual(
    document.files.map((file) => file.path),
    [path],
  );
  t.deepEqual(document.units[0]?.restartOn, ['/etc/d', path]);
});

test('probes carry milliseconds, bytes and resolved texts', (t) => {
  const { document } = render([
    config('base', {
      checks: { page: { http: 'http://${{ server.name }}/', timeout: '5s' } },
      preconditions: { disk: { freeDisk: { path: '/', size: '2Gi' } } },
    }),
  ]);
  t.deepEqual(document.checks, [{ name: 'page', http: 'http://web-1/', timeoutMs: 5000, retries: 3 }]);
  t.deepEqual(document.preconditions, [
    { name: 'disk', freeDisk: { path: '/', sizeBytes: 2_147_483_648 }, timeoutMs: 10_000, retries: 0 },
  ]);
});

test('fields that are not applied yet are carried', (t) => {
  const spec = {
    packages: { curl: '*' },
    users: { deploy: { uid: 2000, authorizedKeys: { file: 'keys' } } },
    modules: ['br_netfilter'],
  };
  const { document } = render([config('base', spec)], { files: { keys: 'ssh-ed25519 AAAA\n' } });
  t.deepEqual(document.extra, {
    packages: [{ name: 'curl', version: '*' }],
    users: [
      {
        name: 'deploy',
        uid: 2000,
        groups: [],
        shell: '/usr/sbin/nologin',
        authorizedKeys: 'ssh-ed25519 AAAA\n',
      },
    ],
    modules: ['br_netfilter'],
  });
});

test('what nobody speaks of is not in the document', (t) => {
  const { document } = render([config('base', { files: { '/a': { content: '' } } })]);
  t.deepEqual(document.extra, {});
  t.false('contact' in (document.files[0] ?? {}));
});

test('every part of a system is typed, sorted and resolved', (t) => {
  const spec = {
    packages: { zsh: 'absent', 'docker-ce': '5:28.*' },
    artifacts: { '/opt/tool': { url: 'https://x/${{ server.name }}', sha256: 'ab' } },
    groups: { ops: { gid: 2000 }, old: 'absent' },
    users: { gone: 'absent' },
    sysctls: { 'vm.swappiness': '10' },
    mounts: { '/srv': { device: 'LABEL=srv' } },
    reboot: { when: ['kernel'], window: '0 3 * * 0' },
  };
  t.deepEqual(render([config('base', spec)]).document.extra, {
    packages: [
      { name: 'docker-ce', version: '5:28.*' },
      { name: 'zsh', absent: true },
    ],
    artifacts: [{ path: '/opt/tool', mode: '0755', url: 'https://x/web-1', sha256: 'ab' }],
    groups: [
      { name: 'old', absent: true },
      { name: 'ops', gid: 2000 },
    ],
    users: [{ name: 'gone', absent: true }],
    sysctls: [{ key: 'vm.swappiness', value: '10' }],
    mounts: [{ path: '/srv', type: 'auto', options: 'defaults', device: 'LABEL=srv' }],
    reboot: { when: ['kernel'], window: '0 3 * * 0' },
  });
});

test('a package that restarts a unit is no path, and the agent takes only paths', (t) => {
  const units = { 'docker.service': { restartOn: ['docker-ce', '/etc/docker/daemon.json'] } };
  const [unit] = render([config('base', { units })]).document.units;
  t.deepEqual(unit?.restartOn, ['/etc/docker/daemon.json']);
  t.deepEqual(unit?.restartOnPackages, ['docker-ce']);
});

test('what a unit says of its disruption wins over the map, and of maps the higher priority', (t) => {
  const low = config('low', {
    priority: 10,
    units: { 'a.service': { disruption: 'Reload' }, 'b.service': {}, 'c.service': {} },
    disruption: { 'a.service': 'Reboot', 'b.service': 'Reload' },
  });
  const high = config('high', { priority: 20, disruption: { 'a.service': 'Drain', 'b.service': 'Drain' } });
  const { document } = render([low, high]);
  t.deepEqual(
    document.units.map(({ disruption }) => disruption),
    ['Reload', 'Drain', 'Restart'],
  );
});

test('a file that may cut the server off says so in the document', (t) => {
  const { document } = render([config('base', { files: { '/a': { content: '', contact: true } } })]);
  t.like(document.files[0], { contact: true });
});

test('a secret outside of a content is refused, since nothing would ever resolve it', (t) => {
  const sysctls = { 'kernel.x': '${{ secret("kv/x", "token") }}' };
  const units = { 'a.service': { content: 'T=${{ secret("kv/x", "token") }}' } };
  t.deepEqual(render([config('base', { sysctls })]).codes, ['DRV0614']);
  t.deepEqual(render([config('base', { units })]).codes, []);
});

test('a revoked key seals nothing', (t) => {
  const seal = 'x25519:7v2m7p0Qb0Yc0w8q0k5T6q2m8l0d9s3f4g5h6j7k8l0=';
  const key = (spec: object): FakeResource => ({ kind: 'ServerKey', name: 'web-1', spec: { seal, ...spec } });
  t.is(render([key({})]).document.seal, seal);
  t.is(render([key({ revoked: '2026-11-02' })]).document.seal, null);
});

test('modes, owners and watched paths are resolved too, and what they become is checked', (t) => {
  const around = { environment: { vars: { mode: '0600', owner: 'web', bad: '888', wait: '5' } } };
  const spec = (mode: string) => ({
    files: { '/a': { content: '', mode, owner: '${{ vars.owner }}' } },
    units: { 'a.service': { content: '', restartOn: ['/srv/${{ server.name }}'] } },
  });
  const good = render([config('base', spec('${{ vars.mode }}'))], around);
  t.like(good.document.files[0], { mode: '0600', owner: 'web' });
  t.deepEqual(good.document.units[0]?.restartOn, ['/srv/web-1']);
  t.deepEqual(good.codes, []);
  t.deepEqual(render([config('base', spec('${{ vars.bad }}'))], around).codes, ['DRV0607']);
  const checks = { a: { tcp: 'x:1', timeout: '${{ vars.wait }}' } };
  t.deepEqual(render([config('base', { checks })], around).codes, ['DRV0601']);
});
