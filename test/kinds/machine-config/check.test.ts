import test from 'ava';
import { findingsOf } from '../../fakes/findings.ts';
import type { FakeResource } from '../../fakes/fleet.ts';

const server: FakeResource = {
  kind: 'Server',
  name: 'web-1',
  labels: { role: 'client' },
  spec: { class: 'cx', interfaces: { lan: { address: '10.0.0.1' } } },
};

function config(spec: object, name = 'base'): FakeResource {
  return { kind: 'MachineConfig', name, spec: { selector: {}, ...spec } };
}

function codes(spec: object, files: Readonly<Record<string, string>> = {}): readonly string[] {
  return findingsOf(config(spec), { resources: [server], files }).map((found) => found.split(':')[0] ?? '');
}

test('a plain configuration has no findings', (t) => {
  const spec = {
    directories: { '/srv/www': { mode: '0755' }, '/srv/old': 'absent' },
    files: {
      '/etc/motd': { content: 'hello' },
      '/etc/banner': { file: 'banner.txt' },
      '/etc/link': { link: '/etc/motd' },
      '/etc/t': { content: '${{ server.name }}', template: true },
      '/etc/u': { template: 'banner.txt' },
    },
    units: { 'web.service': { content: '[Service]' }, 'old.service': 'absent', 'x.service': 'masked' },
    checks: { page: { http: 'http://x/', timeout: '5s' } },
  };
  t.deepEqual(codes(spec, { 'banner.txt': 'x' }), []);
});

test('a file has exactly one source', (t) => {
  t.deepEqual(codes({ files: { '/a': { content: 'x', link: '/b' }, '/c': {} } }), [
    'DRV0604 spec.files./a',
    'DRV0604 spec.files./c',
  ]);
  t.deepEqual(codes({ files: { '/a': { file: 'f', template: true } } }, { f: 'x' }), [
    'DRV0604 spec.files./a.template',
  ]);
});

test('a file that the repository does not hold is named, as is one outside of it', (t) => {
  const files = {
    '/a': { file: 'missing' },
    '/b': { template: '../../etc/passwd' },
    '/c': { file: '/etc/passwd' },
  };
  t.deepEqual(codes({ files }), [
    'DRV0605 spec.files./a.file',
    'DRV0605 spec.files./b.template',
    'DRV0605 spec.files./c.file',
  ]);
});

test('paths are absolute and plain', (t) => {
  for (const path of ['etc/motd', '/etc/../shadow', '/etc//motd', '/etc/motd/', '/', '/a\u0000b']) {
    t.deepEqual(codes({ files: { [path]: 'absent' } }), [`DRV0606 spec.files.${path}`], path);
  }
});

test('modes are four octal digits', (t) => {
  t.deepEqual(codes({ files: { '/a': { content: '', mode: '644' }, '/b': { content: '', mode: '0888' } } }), [
    'DRV0607 spec.files./a.mode',
    'DRV0607 spec.files./b.mode',
  ]);
});

test('an expression in plain content is pointed out', (t) => {
  t.deepEqual(codes({ files: { '/a': { content: '${{ server.name }}' } } }), [
    'DRV0611 spec.files./a.content',
  ]);
});

test('a unit is named with its suffix and watches plain paths or packages', (t) => {
  const units = { nomad: { content: '' }, 'b.service': { content: '', restartOn: ['/etc/x/', 'docker-ce'] } };
  t.deepEqual(codes({ units }), ['DRV0603 spec.units.nomad', 'DRV0606 spec.units.b.service.restartOn.0']);
});

test('a probe has exactly one test, and its timeout a unit', (t) => {
  const checks = { a: { http: 'http://x', tcp: 'x:1' }, b: { http: 'http://x', timeout: '5' } };
  t.deepEqual(codes({ checks }), ['DRV0601 spec.checks.b.timeout', 'DRV0604 spec.checks.a']);
});

test('what this version does not apply is said', (t) => {
  const spec = { packages: { curl: '*' }, sysctls: { 'vm.swappiness': '10' }, reboot: { when: ['kernel'] } };
  t.deepEqual(codes(spec), ['DRV0610 spec.packages', 'DRV0610 spec.sysctls', 'DRV0610 spec.reboot']);
});

test('a selector that matches no server is pointed out', (t) => {
  t.deepEqual(codes({ selector: { matchLabels: { role: 'quorum' } } }), ['DRV0608 spec.selector']);
});

test('two writers of one path with equal priority are an error, told once with both places', (t) => {
  const writes = { files: { '/etc/motd': { content: 'x' } } };
  const other = config(writes, 'another');
  const mine = findingsOf(config(writes), { resources: [server, other] });
  const theirs = findingsOf(other, { resources: [server, config(writes)] });
  t.deepEqual(mine, [
    'DRV0609 spec.files./etc/motd: /etc/motd is also written by another, with the same priority 50',
  ]);
  t.deepEqual(theirs, []);
});

test('writers with different priorities, or that never meet on a server, are fine', (t) => {
  const writes = { files: { '/etc/motd': { content: 'x' } } };
  const lower = config({ ...writes, priority: 10 }, 'another');
  t.deepEqual(findingsOf(config(writes), { resources: [server, lower] }), []);
  const elsewhere = config({ ...writes, selector: { matchLabels: { role: 'quorum' } } }, 'another');
  t.deepEqual(findingsOf(config(writes), { resources: [server, elsewhere] }), []);
});
