import test from 'ava';
import type { SourceTree } from '../../controller/model/source.ts';
import { document, oneEnvironment, project } from './fleet-files.ts';
import { briefly, findingsOf } from './read-case.ts';
import { sourceOf } from './source-of.ts';

const twoEnvironments = project(
  '    dev: {folders: [base, dev], cluster: dev}\n    demo: {folders: [base, demo], cluster: demo}\n',
);

function findingsWithout(unread: readonly string[], files: Readonly<Record<string, string>> = {}) {
  const written = { 'drover.yaml': oneEnvironment, 'base/x': '', 'demo/x': '', 'dev/x': '', ...files };
  const limits = { sizeBytes: 1536 * 1024, limitBytes: 1024 * 1024 };
  const read = sourceOf(written).files.filter(({ path }) => !unread.includes(path));
  const source: SourceTree = {
    commit: undefined,
    files: read,
    unread: unread.map((path) => ({ path, ...limits })),
  };
  return findingsOf(source).filter(({ code }) => code !== 'DRV0504');
}

const briefFindings = (...request: Parameters<typeof findingsWithout>) =>
  findingsWithout(...request).map((finding) => briefly(finding));

const machine = document(
  'MachineConfig',
  'metadata: {name: a}\nspec: {selector: {}, files: {/etc/a: {file: a.conf}, /etc/b: {file: b.conf}}}\n',
);
const server = document(
  'Server',
  'metadata: {name: a}\nspec: {class: cx32, interfaces: {lan: {address: 10.0.0.1}}}\n',
);
const job = (text: string) =>
  document('NomadJob', `metadata: {name: web}\nspec: {hcl: {${text}}, dependsOn: [nobody]}\n`);

test('a file past the limit is one finding at the file, with its size, the limit and what to do', (t) => {
  const [only, ...others] = findingsWithout(['base/a.bin']);
  t.deepEqual(others, []);
  t.like(only, {
    code: 'DRV0104',
    message: 'the file has 1536 KiB, and 1024 KiB are the most that is read',
    hint: 'keep large files in an artifact store, and name them by URL and checksum',
  });
});

test('who names the file says nothing more, and all else is checked', (t) => {
  const files = { 'base/m.yaml': machine, 'base/s.yaml': server };
  t.deepEqual(briefFindings(['base/a.conf'], files), [
    'DRV0104 base/a.conf:1:1',
    'DRV0605 base/m.yaml:4:69',
    'DRV0501 base/s.yaml:4:15',
  ]);
});

test('nothing is concluded from what a definition file past the limit would have declared', (t) => {
  const files = { 'base/s.yaml': server, 'base/class.yaml': '' };
  t.deepEqual(briefFindings(['base/class.yaml'], files), ['DRV0104 base/class.yaml:1:1']);
  t.deepEqual(briefFindings(['base/web.nomad.hcl'], { 'base/web.nomad.hcl': '' }), [
    'DRV0104 base/web.nomad.hcl:1:1',
  ]);
});

test('a job whose text, or a file that its text reads, is past the limit is not there to be judged', (t) => {
  const text = { 'base/j.yaml': job('file: web.hcl'), 'base/web.hcl': '' };
  const expected = ['DRV0104 base/web.hcl:1:1', 'DRV0501 base/j.yaml:4:42'];
  t.deepEqual(briefFindings(['base/web.hcl'], text).toSorted(), expected);
  const beside = {
    'base/w.nomad.hcl': 'job "w" {\n x = file("big")\n y = file("none")\n}\n',
    'base/big': '',
  };
  t.deepEqual(briefFindings(['base/big'], beside), ['DRV0104 base/big:1:1', 'DRV0335 base/w.nomad.hcl:3:11']);
});

test('a drover.yaml past the limit is said to be that, and not to be missing', (t) => {
  t.deepEqual(briefFindings(['drover.yaml', 'base/a.bin']), [
    'DRV0104 base/a.bin:1:1',
    'DRV0104 drover.yaml:1:1',
  ]);
});

test('a file of one environment’s folder stops that one, and a file of no folder stops all', (t) => {
  const environmentsOf = (path: string) =>
    findingsWithout([path], { 'drover.yaml': twoEnvironments }).map(({ environment }) => environment);
  t.deepEqual(environmentsOf('demo/a.bin'), ['demo']);
  t.deepEqual(environmentsOf('docs/a.bin'), [undefined]);
});
