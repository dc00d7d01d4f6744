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
    'DRV0604 spec.files./a.link',
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
  t.deepEqual(codes({ checks }), ['DRV0601 spec.checks.b.timeout', 'DRV0604 spec.checks.a.tcp']);
});

test('what this version does not apply is said', (t) => {
  const spec = { packages: { curl: '*' }, sysctls: { 'vm.swappiness': '10' }, reboot: { when: ['kernel'] } };
  t.deepEqual(codes(spec), ['DRV0610 spec.packages', 'DRV0610 spec.sysctls', 'DRV0610 spec.reboot']);
});

test('a selector that matches no server is pointed out', (t) => {
  t.deepEqual(codes({ selector: { matchLabels: { role: 'quorum' } } }), ['DRV0608 spec.selector']);
});

/** Each spec with the findings that it has, nothing else being wrong. */
function macroCodes(
  cases: readonly (readonly [object, readonly string[]])[],
): readonly (readonly [object, readonly string[]])[] {
  return cases.map(([spec]) => [spec, codes(spec).filter((code) => !code.startsWith('DRV0610'))]);
}

const good = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGvDJy2lYkKxU0l5Q0pQ3w0mS4m1tq0vXw1m2n3o4p5q me@host';

test('a checksum is 64 lower-case hex digits, an address http or https', (t) => {
  const at = (field: string) => `spec.artifacts./opt/a.${field}`;
  const artifact = (fields: object) => ({
    artifacts: { '/opt/a': { url: 'https://x/a', sha256: 'a'.repeat(64), ...fields } },
  });
  const cases: readonly (readonly [object, readonly string[]])[] = [
    [artifact({}), []],
    [artifact({ sha256: '${{ vars.sum }}', url: '${{ vars.url }}/a' }), []],
    [artifact({ sha256: 'A'.repeat(64) }), [`DRV0630 ${at('sha256')}`]],
    [artifact({ sha256: 'abc' }), [`DRV0630 ${at('sha256')}`]],
    [artifact({ url: 'ftp://x/a' }), [`DRV0631 ${at('url')}`]],
    [artifact({ url: 'https://' }), [`DRV0631 ${at('url')}`]],
    [artifact({ url: 'http://[/' }), [`DRV0631 ${at('url')}`]],
    [artifact({ mode: '755' }), [`DRV0607 ${at('mode')}`]],
    [artifact({ extract: '../x' }), [`DRV0617 ${at('extract')}`]],
  ];
  t.deepEqual(macroCodes(cases), cases);
});

test('probes have targets of the right form, and amounts that mean something', (t) => {
  const cases: readonly (readonly [object, readonly string[]])[] = [
    [{ checks: { a: { tcp: '[::1]:22' }, b: { tcp: 'host.name:65535' } } }, []],
    [{ checks: { a: { tcp: 'host' } } }, ['DRV0632 spec.checks.a.tcp']],
    [{ checks: { a: { tcp: 'host:0' } } }, ['DRV0632 spec.checks.a.tcp']],
    [{ checks: { a: { tcp: 'host:65536' } } }, ['DRV0632 spec.checks.a.tcp']],
    [{ checks: { a: { http: '127.0.0.1:9100' } } }, ['DRV0631 spec.checks.a.http']],
    [{ checks: { a: { exec: [] } } }, ['DRV0617 spec.checks.a.exec']],
    [{ checks: { a: { unit: 'nomad' } } }, ['DRV0603 spec.checks.a.unit']],
    [{ checks: { a: { tcp: 'x:1', timeout: '0s' } } }, ['DRV0617 spec.checks.a.timeout']],
    [{ checks: { a: { tcp: 'x:1', timeout: '2h' } } }, ['DRV0617 spec.checks.a.timeout']],
    [{ preconditions: { a: { file: 'etc/x' } } }, ['DRV0606 spec.preconditions.a.file']],
    [{ preconditions: { a: { freeDisk: { path: '/', size: '1Gi' } } } }, []],
    [
      { preconditions: { a: { freeDisk: { path: 'srv', size: '0Gi' } } } },
      ['DRV0606 spec.preconditions.a.freeDisk.path', 'DRV0617 spec.preconditions.a.freeDisk.size'],
    ],
  ];
  t.deepEqual(macroCodes(cases), cases);
});

test('users and groups have names and numbers that systems take', (t) => {
  const cases: readonly (readonly [object, readonly string[]])[] = [
    [{ users: { deploy: { uid: 2000, groups: ['adm'] }, _chrony: {} }, groups: { ops: { gid: 9 } } }, []],
    [{ users: { Deploy: {} } }, ['DRV0603 spec.users.Deploy']],
    [{ users: { a: { groups: ['x y'] } } }, ['DRV0603 spec.users.a.groups.0']],
    [{ users: { a: { uid: 0 } } }, ['DRV0633 spec.users.a.uid']],
    [{ users: { a: { uid: 65_535 } } }, ['DRV0633 spec.users.a.uid']],
    [{ users: { root: { uid: 0 } } }, []],
    [{ users: { root: { uid: 5 } } }, ['DRV0633 spec.users.root.uid']],
    [{ users: { root: 'absent' } }, ['DRV0633 spec.users.root']],
    [{ groups: { root: 'absent' } }, ['DRV0633 spec.groups.root']],
    [{ groups: { a: { gid: 65_534 } } }, ['DRV0633 spec.groups.a.gid']],
    [
      { users: { a: { shell: 'bash', home: '/home/../a' } } },
      ['DRV0606 spec.users.a.shell', 'DRV0606 spec.users.a.home'],
    ],
  ];
  t.deepEqual(macroCodes(cases), cases);
});

test('SSH keys are public keys, one a line; of a private one nothing is repeated', (t) => {
  const keys = (content: string) => ({ users: { a: { authorizedKeys: { content } } } });
  const at = 'DRV0634 spec.users.a.authorizedKeys.content';
  const cases: readonly (readonly [object, readonly string[]])[] = [
    [keys(`# ops\n\n${good}\ncommand="/bin/x y",no-pty ${good}\n`), []],
    [keys('${{ vars.keys }}'), []],
    [keys(`${good}\nssh-ed25519 AAAAB3NzaC1yc2EAAAADAQABAAAB me\n`), [at]],
    [keys('ssh-ed25519\n'), [at]],
    [keys('-----BEGIN OPENSSH PRIVATE KEY-----\nc2VjcmV0c2VjcmV0\n'), [at]],
    [{ users: { a: { authorizedKeys: {} } } }, ['DRV0604 spec.users.a.authorizedKeys']],
    [{ users: { a: { authorizedKeys: { file: 'none' } } } }, ['DRV0605 spec.users.a.authorizedKeys.file']],
  ];
  t.deepEqual(macroCodes(cases), cases);
  const said = findingsOf(config(keys('-----BEGIN OPENSSH PRIVATE KEY-----\nc2VjcmV0c2VjcmV0\n')), {
    resources: [server],
  });
  t.false(said.join().includes('c2Vjc'));
});

test('packages, kernel settings, modules and mounts are spelled as their programs take them', (t) => {
  const cases: readonly (readonly [object, readonly string[]])[] = [
    [{ packages: { 'g++': '4:12.2-3~deb12u1', curl: '*', vim: 'absent', x: '${{ vars.v }}' } }, []],
    [{ packages: { curl: 'latest' } }, ['DRV0617 spec.packages.curl']],
    [{ packages: { curl: '>= 2' } }, ['DRV0617 spec.packages.curl']],
    [{ packages: { 'a b': '*' } }, ['DRV0603 spec.packages.a b']],
    [{ sysctls: { 'net.ipv4.conf.eth0/1.rp_filter': '1', 'vm.swappiness': '10' } }, []],
    [{ sysctls: { swappiness: '10' } }, ['DRV0637 spec.sysctls.swappiness']],
    [{ sysctls: { '/proc/sys/vm/swappiness': '10' } }, ['DRV0637 spec.sysctls./proc/sys/vm/swappiness']],
    [{ sysctls: { 'vm.swappiness': '' } }, ['DRV0617 spec.sysctls.vm.swappiness']],
    [{ modules: ['br_netfilter', 'a b'] }, ['DRV0603 spec.modules.1']],
    [{ mounts: { '/srv': { device: 'UUID=1-2', options: 'rw,noatime' } } }, []],
    [
      { mounts: { '/srv': { device: '/dev/sda', options: 'rw, noatime' } } },
      ['DRV0639 spec.mounts./srv.options'],
    ],
    [{ mounts: { 'srv/': { device: '/dev/sda' } } }, ['DRV0606 spec.mounts.srv/']],
  ];
  t.deepEqual(macroCodes(cases), cases);
});

test('a unit does not contradict itself', (t) => {
  const at = 'DRV0638 spec.units';
  const cases: readonly (readonly [object, readonly string[]])[] = [
    [{ units: { 'a.service': { disruption: 'Reload', reloadOn: ['/a'] } } }, []],
    [{ units: { 'a.service': { disruption: 'Reload', restartOn: ['/a'] } } }, [`${at}.a.service.disruption`]],
    [
      { units: { 'a.service': { restartOn: ['/a'], reloadOn: ['/b', '/a'] } } },
      [`${at}.a.service.reloadOn.1`],
    ],
    [{ units: { 'a@.service': { content: '' } } }, [`${at}.a@.service`]],
    [{ units: { 'a@.service': { content: '', enabled: false, state: 'Stopped' }, 'a@b.service': {} } }, []],
    [
      { units: { 'a.service': { dropIns: { '../x': { content: '' } } } } },
      ['DRV0603 spec.units.a.service.dropIns.../x'],
    ],
  ];
  t.deepEqual(macroCodes(cases), cases);
});

test('a validation is given the new file', (t) => {
  const cases: readonly (readonly [object, readonly string[]])[] = [
    [{ files: { '/a': { content: '', validate: ['nft', '-f', '{}'] } } }, []],
    [{ files: { '/a': { content: '', validate: ['x', '--config={}'] } } }, []],
    [{ files: { '/a': { content: '', validate: ['nft', '-f', '/a'] } } }, ['DRV0636 spec.files./a.validate']],
    [{ files: { '/a': { content: '', validate: [] } } }, ['DRV0636 spec.files./a.validate']],
  ];
  t.deepEqual(macroCodes(cases), cases);
});

test('a reboot has a window that opens, and reasons that exist', (t) => {
  const cases: readonly (readonly [object, readonly string[]])[] = [
    [{ reboot: { when: ['kernel', '/etc/default/grub'], window: '0 3 * * 0' } }, []],
    [
      { reboot: { when: ['grub'], window: '0 25 * * 0' } },
      ['DRV0606 spec.reboot.when.0', 'DRV0635 spec.reboot.window'],
    ],
  ];
  t.deepEqual(macroCodes(cases), cases);
});
