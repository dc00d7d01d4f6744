import { access, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import test from 'ava';
import { createNomad, type Nomad } from '../../controller/adapters/nomad/index.ts';
import { createOfflineParser } from '../../controller/adapters/nomad/offline-parser.ts';
import { trimJob } from '../../controller/adopt/trim-job.ts';
import { compareJob } from '../../controller/apply/l2/compare-job.ts';
import { jobServerFields } from '../../controller/model/job-server-fields.ts';
import { isJsonObject, type Json, type JsonObject } from '../../controller/model/json.ts';
import type { CompilePorts } from '../../controller/reconcile/compile-source.ts';
import { waitUntil } from '../../scripts/lab/wait-until.ts';
import { ownFolder, runDrover } from '../cli/run-drover.ts';
import { compareImport, compilePorts, differing } from './compare-import.ts';
import { importEdits } from './import-edits.ts';
import { runningJobs as plainJobs } from './import-jobs.ts';
import { oddJobs } from './import-odd-jobs.ts';
import { type RealNomad, startRealNomad } from './real-nomad.ts';
import { registerJobs } from './running-nomad.ts';

const signal = AbortSignal.timeout(300_000);
const runningJobs = [...plainJobs, ...oddJobs];
/** Every third edit is about what a run of all tests has time for. */
const isLong = process.env['DROVER_TEST_LONG'] === '1';
const policy = await readFile(
  path.join(import.meta.dirname, '../../manifests/install/nomad/import.policy.hcl'),
  'utf8',
);
let server: RealNomad;
let nomad: Nomad;
let readToken: string;
let cache: string;
let compile: CompilePorts;

test.before(async () => {
  cache = await mkdtemp(path.join(tmpdir(), 'drover-import-'));
  server = await startRealNomad({ client: false });
  nomad = createNomad({ address: server.address, token: server.token });
  compile = compilePorts(createOfflineParser({ binary: server.binary }));
  await server.request('POST', 'namespace/shop', {
    Name: 'shop',
    Description: 'The shop',
    Meta: { contact: '@acme/shop' },
    Capabilities: { DisabledTaskDrivers: ['docker'] },
  });
  await server.request('POST', 'node/pools', { Name: 'gpu', Description: 'Cards', Meta: { owner: 'lab' } });
  // The keyring that variables are encrypted with comes a little after the leader.
  const flags = { Path: 'shop/flags', Items: { a: 'b' } };
  await waitUntil('the keyring', 20_000, async () => {
    await server.request('PUT', 'var/shop/flags?namespace=shop', flags);
    return true;
  });
  await registerJobs(server, runningJobs);
  const stopped = { id: 'stopped', hcl: runningJobs[0]?.hcl.replaceAll('plain', 'stopped') ?? '' };
  await registerJobs(server, [stopped]);
  await server.request('DELETE', 'job/stopped');
  await server.request('POST', 'job/on-demand/dispatch', { Payload: 'e30=', Meta: { order: '1' } });
  readToken = await server.createToken(policy);
});
test.after.always(async () => {
  nomad?.close();
  await server?.stop();
  if (cache !== undefined) await rm(cache, { recursive: true, force: true });
});

/** `drover import` with a token that may only read. */
async function importInto(folder: string, ...args: readonly string[]) {
  const env = { NOMAD_TOKEN: readToken, DROVER_NOMAD: server.binary, XDG_CACHE_HOME: cache };
  return runDrover(['import', folder, '--nomad', server.address, ...args], { env });
}

const compare = (folder: string) => compareImport(folder, { compile, live: nomad }, signal);

test.serial('fifty running jobs become definitions with nothing to do', async (t) => {
  const folder = await ownFolder(t);
  const { exitCode, out, err } = await importInto(folder, '--report', 'report.md');
  t.is(exitCode, 0, err);
  const found = await compare(folder);
  t.deepEqual(differing(found), []);
  const jobs = found.filter(({ unit }) => unit.startsWith('nomad-job:')).map(({ unit }) => unit);
  t.deepEqual(
    jobs.toSorted(),
    runningJobs.map(({ namespace = 'default', id }) => `nomad-job:${namespace}/${id}`).toSorted(),
  );
  t.deepEqual(
    found.filter(({ unit }) => !unit.startsWith('nomad-job:')).map(({ unit }) => unit),
    ['nomad-namespace:shop', 'nomad-node-pool:gpu'],
  );
  t.regex(out, / 40 {2}Nomad jobs with their own HCL\n/);
  t.regex(out, / 11 {2}Nomad jobs from the API\n/);
  t.regex(out, /nothing to do for all 53/);
  t.regex(out, /job default\/stopped: it is stopped/);
  t.regex(out, /Nomad variable shop\/shop\/flags: its values may be secrets, so they are not read/);
  t.regex(out, /all Nomad ACL policies: .*management token/);
  t.regex(out, /job default\/impure: its HCL is refused.*uuidv4/);
  t.regex(out, /job default\/disconnects: its HCL is refused.*DRV0887/);
  t.false(out.includes('dispatch-'), 'runs of parameterized jobs are no jobs');
  const formatted = await runDrover(['fmt', folder, '--check']);
  t.is(formatted.exitCode, 0, formatted.out);
});

test.serial('what is declared is held against what runs at any time, and nothing is written', async (t) => {
  const folder = await ownFolder(t);
  t.is((await importInto(folder)).exitCode, 0);
  const same = await importInto(folder, '--compare');
  t.is(same.exitCode, 0, same.out);
  t.is(same.out, 'compared with what runs: 53 of 53 equal\n');
  const name = path.join(folder, 'environments/dev/nomad/namespaces.yaml');
  const text = await readFile(name, 'utf8');
  await writeFile(name, text.replace('The shop', 'Another shop'));
  const other = await importInto(folder, '--compare');
  t.is(other.exitCode, 1);
  t.regex(other.out, /^nomad-namespace:shop \(environments\/dev\/nomad\/namespaces\.yaml\): .*\n\n/);
  t.regex(other.out, /52 of 53 equal, 1 different\n$/);
});

test.serial('any one field that is changed afterwards is one thing to do, and says where', async (t) => {
  const folder = await ownFolder(t);
  t.is((await importInto(folder)).exitCode, 0);
  const edits = isLong ? importEdits : importEdits.filter((_edit, index) => index % 3 === 0);
  for (const { file, from, to, unit, at } of edits) {
    const name = path.join(folder, 'environments/dev', file);
    const text = await readFile(name, 'utf8');
    const changed = text.replace(from, () => to);
    t.not(changed, text, `${file}: ${from}`);
    await writeFile(name, changed);
    const found = differing(await compare(folder));
    await writeFile(name, text);
    t.deepEqual(
      found.map((finding) => finding.unit),
      [unit],
      `${file}: ${to}`,
    );
    const note = found[0]?.notes.join() ?? '';
    t.true(note.startsWith('differs in ') && note.includes(at), `${file}: ${to}: ${note}`);
  }
});

test.serial('a job without what Nomad fills in is the same job to Nomad', async (t) => {
  for (const { namespace = 'default', id } of runningJobs) {
    const ref = { namespace, id };
    const before = await nomad.jobs.read(ref, signal);
    if (before === undefined) throw new Error(`${id} is gone`);
    const spec = trimJob(before.spec, compareJob);
    const submission = { source: '', format: 'json', variables: '' } as const;
    const request = { ref, spec, enforceIndex: before.jobModifyIndex, submission };
    await nomad.jobs.register(request, signal);
    const after = await nomad.jobs.read(ref, signal);
    t.deepEqual(comparable(after?.spec ?? {}), comparable(before.spec), id);
  }
});

test.serial('every value that is left in such a job is one that a comparison sees', async (t) => {
  for (const { namespace = 'default', id } of runningJobs) {
    const live = await nomad.jobs.read({ namespace, id }, signal);
    if (live === undefined) throw new Error(`${id} is gone`);
    const spec = trimJob(live.spec, compareJob);
    for (const [place, changed] of otherValues(spec)) {
      t.not(compareJob(changed as JsonObject, live.spec).length, 0, `${id}: ${place}`);
    }
  }
});

test.serial('a second import takes what has come since, and leaves every file as it is', async (t) => {
  const folder = await ownFolder(t);
  await importInto(folder);
  const own = path.join(folder, 'environments/dev/nomad/namespaces.yaml');
  const edited = `${await readFile(own, 'utf8')}# a note\n`;
  await writeFile(own, edited);
  await registerJobs(server, [
    { id: 'later', hcl: (runningJobs[0]?.hcl ?? '').replaceAll('plain', 'later') },
  ]);
  await server.request('POST', 'namespace/later', { Name: 'later' });
  const { exitCode, out } = await importInto(folder);
  t.is(exitCode, 0, out);
  t.regex(out, /53 objects are declared already/);
  t.regex(out, /nothing to do for all 2\n2 files in/);
  t.is(await readFile(own, 'utf8'), edited);
  t.regex(await readFile(own.replace('.yaml', '-2.yaml'), 'utf8'), /name: later/);
  t.deepEqual(differing(await compare(folder)), []);
});

test.serial('a file in the way is an end before anything is written, unless it is forced', async (t) => {
  const inTheWay = 'environments/dev/jobs/shop/api.job.yaml';
  const shop = ['--namespaces', 'shop'];
  const folder = await ownFolder(t, { [inTheWay]: 'mine: true\n' });
  const { exitCode, err } = await importInto(folder, ...shop);
  t.is(exitCode, 2, err);
  t.regex(err, /environments\/dev\/jobs\/shop\/api\.job\.yaml is there already: nothing was written/);
  await t.throwsAsync(access(path.join(folder, 'drover.yaml')));
  t.is((await importInto(folder, '--force', ...shop)).exitCode, 0);
  t.regex(await readFile(path.join(folder, inTheWay), 'utf8'), /kind: NomadJob/);
  t.is((await importInto(folder, '--force', ...shop)).exitCode, 0);
  t.deepEqual(differing(await compare(folder)), []);
});

test.serial('only the namespaces that are asked for', async (t) => {
  const folder = await ownFolder(t);
  t.is((await importInto(folder, '--namespaces', 'shop')).exitCode, 0);
  const jobs = (await compare(folder))
    .map(({ unit }) => unit)
    .filter((unit) => unit.startsWith('nomad-job:'));
  t.true(jobs.length > 0 && jobs.every((unit) => unit.startsWith('nomad-job:shop/')));
  t.is((await importInto(await ownFolder(t), '--namespaces', 'nowhere')).exitCode, 2);
});

test.serial('a job that was scaled by hand is what runs, not what its author sent', async (t) => {
  const hcl = (runningJobs[0]?.hcl ?? '').replaceAll('plain', 'by-hand');
  await registerJobs(server, [{ id: 'by-hand', hcl }]);
  await server.request('POST', 'job/by-hand/scale', { Count: 2, Target: { Group: 'main' } });
  const folder = await ownFolder(t);
  const { out } = await importInto(folder);
  t.regex(out, /job default\/by-hand: its HCL is not what runs.*\(differs in TaskGroups\[main\]\.Count\)/);
  t.deepEqual(differing(await compare(folder)), []);
  const written = await readFile(path.join(folder, 'environments/dev/jobs/default/by-hand.job.yaml'), 'utf8');
  t.regex(written, /Count: 2/);
});

/** A stored job without the server's own fields; constraints come in any order. */
function comparable(value: Json, name = ''): Json {
  if (Array.isArray(value)) {
    const items = value.map((item: Json) => comparable(item));
    return name === 'Constraints' ? items.map((item) => JSON.stringify(item)).toSorted() : items;
  }
  if (!isJsonObject(value)) return value;
  const isOwn = (field: string) =>
    !jobServerFields.has(field) && !/^(?:ID|(?:Create|Modify)Index)$/.test(field);
  const fields = Object.entries(value).filter(([field]) => isOwn(field));
  return Object.fromEntries(fields.map(([field, item]) => [field, comparable(item, field)]));
}

/** The same with one value changed, for each value that there is. */
function otherValues(value: Json, place = ''): readonly (readonly [string, Json])[] {
  if (Array.isArray(value)) {
    return value.flatMap((item: Json, index) =>
      otherValues(item, `${place}[${index}]`).map(([at, other]) => [at, value.with(index, other)] as const),
    );
  }
  if (isJsonObject(value)) {
    return Object.entries(value).flatMap(([name, item]) =>
      otherValues(item, `${place}.${name}`).map(([at, other]) => [at, { ...value, [name]: other }] as const),
    );
  }
  return [[place, otherThan(value)]];
}

function otherThan(value: Json): Json {
  if (typeof value === 'number') return value + 1;
  return typeof value === 'boolean' ? !value : `${JSON.stringify(value)}x`;
}
