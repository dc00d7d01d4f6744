import test from 'ava';
import { config, placesOf } from './findings-of-machines.ts';

function codes(...specs: readonly object[]): readonly string[] {
  return placesOf(specs.map((spec, index) => config(spec, `c${index}`))).map(
    (place) => place.split(' ')[0] ?? '',
  );
}

test('what is written lies below directories, not below files, links or what is absent', (t) => {
  const below = { files: { '/a/b/c': { content: '' } } };
  const above = (value: unknown) => ({ priority: 60, files: { '/a/b': value } });
  t.deepEqual(codes(below, above({ content: '' })), ['DRV0841']);
  t.deepEqual(codes(below, above({ link: '/x' })), ['DRV0841']);
  t.deepEqual(codes(below, above('absent')), ['DRV0841']);
  t.deepEqual(codes(below, { directories: { '/a': 'absent' } }), ['DRV0841']);
  t.deepEqual(codes(below, { directories: { '/a': {}, '/a/b': {} } }), []);
  t.deepEqual(codes({ files: { '/a/b': 'absent' }, directories: { '/a': 'absent' } }), []);
  t.deepEqual(codes({ files: { '/a/b': { content: '' }, '/a/bc': { content: '' } } }), []);
});

test('one path is one thing, whatever the priorities', (t) => {
  t.deepEqual(codes({ files: { '/a': { content: '' } } }, { priority: 60, directories: { '/a': {} } }), [
    'DRV0846',
  ]);
  const units = { 'w.service': { content: '[Service]\nExecStart=/w\n' } };
  const unitFile = { '/etc/systemd/system/w.service': { content: '[Service]\nExecStart=/w\n' } };
  t.deepEqual(codes({ units, files: unitFile }), ['DRV0846']);
  const dropIns = { a: { content: '[Service]\n' }, 'a.conf': { content: '[Service]\n' } };
  t.deepEqual(codes({ units: { 'docker.service': { dropIns } } }), ['DRV0846']);
  t.deepEqual(codes({ files: { '/a': { content: '' } } }, { priority: 60, files: { '/a': 'absent' } }), []);
});

test('what every agent refuses is told before a payload is', (t) => {
  const refused = [
    { files: { '/sys/x': { content: '' } } },
    { directories: { '/dev/shm/x': {} } },
    { files: { '/etc/.drover-x': { content: '' } } },
    { files: { '/etc/drover/agent.yaml': { content: 'a: 1' } } },
    { files: { '/etc/systemd/system/drover-agent.service.d/a.conf': { content: '[Service]\n' } } },
    { units: { 'drover-agent.service': {} } },
  ];
  for (const spec of refused) t.deepEqual(codes(spec), ['DRV0858'], JSON.stringify(spec));
  t.deepEqual(codes({ files: { '/etc/drover/notes': { content: '' }, '/system': { content: '' } } }), []);
});

test('owners are declared, on every system, numbers, or brought by a package', (t) => {
  const owned = (owner: string, rest: object = {}) => ({ files: { '/a': { content: '', owner } }, ...rest });
  t.deepEqual(codes(owned('postgres')), ['DRV0845']);
  t.deepEqual(codes(owned('postgres', { packages: { 'postgresql-17': '*' } })), []);
  t.deepEqual(codes(owned('postgres', { packages: { 'postgresql-17': 'absent' } })), ['DRV0845']);
  t.deepEqual(codes(owned('web'), { users: { web: {} } }), []);
  t.deepEqual(codes(owned('web'), { users: { web: 'absent' } }), ['DRV0845']);
  for (const owner of ['www-data', 'nobody', '1000', '${{ vars.owner }}'])
    t.deepEqual(codes(owned(owner)), [], owner);
  t.deepEqual(codes({ directories: { '/a': { group: 'ops' } } }), ['DRV0845']);
  t.deepEqual(codes({ directories: { '/a': { group: 'ops' } }, groups: { ops: {} } }), []);
  t.deepEqual(codes({ users: { web: { groups: ['adm', 'opps'] } }, groups: { ops: {} } }), ['DRV0845']);
});

test('two accounts of one server do not share a number', (t) => {
  t.deepEqual(codes({ users: { a: { uid: 5 } } }, { users: { b: { uid: 5 } } }), ['DRV0855']);
  t.deepEqual(codes({ users: { a: { uid: 5 } }, groups: { b: { gid: 5 } } }), []);
  t.deepEqual(codes({ groups: { a: { gid: 5 }, b: { gid: 5 } } }), ['DRV0855']);
});

test('a precondition asks for nothing that the same payload writes', (t) => {
  const preconditions = { there: { file: '/a' } };
  t.deepEqual(codes({ preconditions, files: { '/a': { content: '' } } }), ['DRV0857']);
  t.deepEqual(codes({ preconditions, files: { '/a': { link: '/b' } } }), ['DRV0857']);
  t.deepEqual(codes({ preconditions, directories: { '/a': {} } }), ['DRV0857']);
  t.deepEqual(codes({ preconditions, files: { '/a': 'absent' } }), []);
});

test('a dangerous file takes effect at once', (t) => {
  const files = { '/a': { content: '', contact: true } };
  t.deepEqual(codes({ files }), ['DRV0854']);
  t.deepEqual(codes({ files, units: { 'x.service': { restartOn: ['/a'] } } }), []);
});
