import test from 'ava';
import { createNomad, type Nomad } from '../../controller/adapters/nomad/index.ts';
import { compareJob } from '../../controller/apply/l2/compare-job.ts';
import { canonicalJob } from '../../controller/kinds/nomad-job/canonical-job.ts';
import { ConflictError, RejectedError } from '../../controller/model/errors.ts';
import { isJsonObject, type Json, type JsonObject } from '../../controller/model/json.ts';
import { runningJobs } from '../integration/import-jobs.ts';
import { oddJobs } from '../integration/import-odd-jobs.ts';
import { type RealNomad, startRealNomad } from '../integration/real-nomad.ts';

const signal = AbortSignal.timeout(600_000);
let server: RealNomad;
let nomad: Nomad;

test.before(async () => {
  server = await startRealNomad({ client: false });
  nomad = createNomad({ address: server.address, token: server.token });
});
test.after.always(async () => {
  nomad?.close();
  await server?.stop();
});

/** Where Nomad makes something else of what it was given, and nobody is told: what is said there has no sense. */
const knownOdd: readonly RegExp[] = [
  // A mount of no volume is dropped, and one without a place ends the request of the server.
  /\.VolumeMounts\[\d+\]\.(?:Volume|Destination)(?:$|=)/,
  // An identity without a name is the task's own.
  /\.Identities\[\d+\]\.Name(?:$|=)/,
  // Header fields without a value are dropped.
  /\.Header\./,
  // A task that is scaled has a type of its own.
  /\.ScalingPolicies\[\d+\]\.Type(?:$|=)/,
  // The kind of a task that speaks to the mesh is the server's.
  /\.Kind(?:$|=)/,
];

test('whatever a job says and Nomad takes, is what it said once it is registered', async (t) => {
  t.timeout(600_000);
  const differing: string[] = [];
  let taken = 0;
  let count = 0;
  for (const { hcl } of [...runningJobs, ...oddJobs]) {
    const outcome = await nomad.parser.parse({ path: 'x', hcl, variables: {}, files: new Map() }, signal);
    // Those with variables are said by their values, which others have too.
    if (!outcome.ok) continue;
    for (const [place, changed] of mutations(outcome.job, '')) {
      count += 1;
      if (!isJsonObject(changed) || knownOdd.some((odd) => odd.test(place))) continue;
      const found = await differencesOf(changed, `job-${Math.floor(count / 200)}`);
      taken += found === undefined ? 0 : 1;
      if (found !== undefined && found.length > 0) differing.push(`${place}: ${found.join(', ')}`);
    }
  }
  t.log(`${taken} of ${count} were taken`);
  t.deepEqual(differing, []);
  t.true(taken > 3000);
});

/** Between what is sent and what Nomad then has; `undefined` when it refuses. */
async function differencesOf(job: JsonObject, id: string): Promise<readonly string[] | undefined> {
  const ref = { namespace: 'default', id };
  const spec = canonicalJob({ ...job, Name: id }, ref);
  const before = await nomad.jobs.read(ref, signal);
  const submission = { source: '', format: 'json', variables: '' } as const;
  try {
    const enforceIndex = before?.jobModifyIndex ?? 0;
    await nomad.jobs.register({ ref, spec, enforceIndex, submission }, signal);
  } catch (error) {
    if (error instanceof RejectedError || error instanceof ConflictError) return undefined;
    throw error;
  }
  const live = await nomad.jobs.read(ref, signal);
  return compareJob(spec, live?.spec ?? {});
}

/** The same with one thing said otherwise, once for each thing and way. */
function* mutations(value: Json, place: string): Generator<readonly [string, Json]> {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      for (const [at, other] of mutations(item, `${place}[${index}]`)) yield [at, value.with(index, other)];
      yield [`${place}[${index}]`, value.toSpliced(index, 1)];
    }
    return;
  }
  if (isJsonObject(value)) {
    for (const [name, item] of Object.entries(value)) {
      if (['Region', 'Namespace'].includes(name)) continue;
      for (const [at, other] of mutations(item, `${place}.${name}`)) yield [at, { ...value, [name]: other }];
      const { [name]: _gone, ...rest } = value;
      yield [`${place}.${name}`, rest];
    }
    return;
  }
  for (const other of othersThan(value)) yield [`${place}=${JSON.stringify(other)}`, other];
}

function othersThan(value: Json): readonly Json[] {
  if (typeof value === 'number') return [0, value + 1, value * 2].filter((other) => other !== value);
  if (typeof value === 'boolean') return [!value];
  return typeof value === 'string' && value !== '' ? ['', `${value}x`, value.toUpperCase()] : [];
}
