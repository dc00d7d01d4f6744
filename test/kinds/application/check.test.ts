import test from 'ava';
import { findingsOf } from '../../fakes/findings.ts';

const resources = { memory: '32Mi' };

function codes(spec: object): readonly string[] {
  const found = findingsOf({
    kind: 'Application',
    name: 'web',
    namespace: 'shop',
    spec: { image: 'a', resources, ...spec },
  });
  return found.map((finding) => finding.split(':')[0] ?? '');
}

test('fields of another type are findings', (t) => {
  t.deepEqual(codes({ schedule: { cron: '0 1 * * *' } }), ['DRV0613 spec.schedule']);
  t.deepEqual(codes({ once: 'PerContent' }), ['DRV0613 spec.once']);
  t.deepEqual(codes({ type: 'Batch', once: 'PerContent', schedule: { cron: '0 1 * * *' } }), [
    'DRV0613 spec.once',
  ]);
  t.deepEqual(codes({ type: 'Batch', update: {}, migration: { command: ['m'] } }), [
    'DRV0613 spec.update',
    'DRV0613 spec.migration',
  ]);
  t.deepEqual(codes({ type: 'System', count: 2 }), ['DRV0613 spec.count']);
  t.deepEqual(codes({ type: 'Sysbatch', schedule: { cron: '0 1 * * *' } }), []);
});

test('cpu and cores exclude each other', (t) => {
  t.deepEqual(codes({ resources: { cpu: 100, cores: 1, memory: '32Mi' } }), ['DRV0604 spec.resources.cores']);
});

test('a secret in what the job says is an error, in a file it is read from Vault', (t) => {
  const text = '${{ secret("kv/db", "password") }}';
  t.deepEqual(codes({ env: { P: text } }), ['DRV0614 spec.env.P']);
  t.deepEqual(codes({ args: ['-p', text], patch: { Meta: { p: text } } }), [
    'DRV0614 spec.args',
    'DRV0614 spec.patch',
  ]);
  const sidecars = { proxy: { image: 'b', resources, command: [text] } };
  t.deepEqual(codes({ sidecars }), ['DRV0614 spec.sidecars.proxy.command']);
  t.deepEqual(codes({ files: { '/etc/p': { content: text } } }), []);
});

test('a file has one content, a text that is there, and a mode', (t) => {
  t.deepEqual(codes({ files: { '/a': {} } }), ['DRV0604 spec.files./a']);
  t.deepEqual(codes({ files: { '/a': { file: 'missing' } } }), ['DRV0605 spec.files./a.file']);
  t.deepEqual(codes({ files: { '/a': { content: 'x', mode: '644' } } }), ['DRV0607 spec.files./a.mode']);
});

test('a port of a program without an image is the server’s', (t) => {
  const spec = { image: undefined, command: ['web'] };
  t.deepEqual(codes({ ...spec, ports: { http: { port: 80, static: 8080 } } }), [
    'DRV0617 spec.ports.http.static',
  ]);
  t.deepEqual(codes({ ...spec, ports: { http: { port: 80, static: 80 }, other: 81 } }), []);
  t.deepEqual(codes({ ports: { Http_1: 80 } }), ['DRV0603 spec.ports.Http_1']);
});

test('sidecars are checked as the main program is', (t) => {
  const sidecars = {
    proxy: { resources: { memory: '2Mi', memoryMax: '1Mi' }, files: { x: { content: '' } } },
  };
  t.deepEqual(codes({ sidecars }), [
    'DRV0680 spec.sidecars.proxy',
    'DRV0683 spec.sidecars.proxy.resources.memoryMax',
    'DRV0689 spec.sidecars.proxy.files.x',
  ]);
});

test('a file inside a volume is a finding, two volumes inside each other are not', (t) => {
  const volumes = { data: { mount: '/data' }, logs: { mount: '/data/logs' } };
  t.deepEqual(codes({ volumes }), []);
  t.deepEqual(codes({ volumes, files: { '/data/x': { content: 'x' } } }), ['DRV0688 spec.files./data/x']);
});

test('what only Nomad reads of a cron expression is left to it', (t) => {
  const cron = (text: string) => codes({ type: 'Batch', schedule: { cron: text } });
  t.deepEqual(cron('0 0 2 L * *'), []);
  t.deepEqual(cron('0 2 L * *'), []);
  t.deepEqual(cron('0 2 * *'), ['DRV0692 spec.schedule.cron']);
  t.deepEqual(codes({ type: 'Batch', schedule: { cron: '0 2 * * *', timezone: 'Europe/Berlim' } }), [
    'DRV0692 spec.schedule.timezone',
  ]);
});

test('a patch can’t say who or what the job is', (t) => {
  t.deepEqual(codes({ patch: { ID: 'x', Type: 'batch' } }), [
    'DRV0691 spec.patch.ID',
    'DRV0691 spec.patch.Type',
  ]);
});
