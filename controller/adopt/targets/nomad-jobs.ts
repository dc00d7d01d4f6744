import { UsageError } from '../../model/errors.ts';
import { isLabel } from '../../model/resource.ts';
import type { JobSource } from '../../ports/job-sources.ts';
import type { JobRef, LiveJob } from '../../ports/jobs.ts';
import type { AdoptTarget } from '../adopt-target.ts';
import type { AdoptWorld, NomadWorld } from '../adopt-world.ts';
import { type AdoptedItem, type LeftBehind, nothingTaken, plainTexts, type Taken } from '../adopted-item.ts';
import { eachBounded } from '../each-bounded.ts';
import { gatewayEntries } from '../gateway-entries.ts';
import { type JobVariables, readJobVariables } from '../job-variables.ts';
import { createLabels } from '../labels.ts';
import { secretPaths } from '../looks-secret.ts';
import { trimJob } from '../trim-job.ts';

/** How far back a source is looked for: a scaled or reverted job has none of its own. */
const mostVersionsBack = 5;

/** Jobs with the HCL that their authors sent, where it still gives what runs; else as Nomad's API has them. */
export const nomadJobs: AdoptTarget = {
  title: 'Nomad jobs',
  needs: 'list-jobs and read-job in their namespaces',
  isAsked: ({ nomad }) => nomad !== undefined,
  async take(world, signal) {
    const { nomad, namespaces } = world;
    if (nomad === undefined) return nothingTaken;
    const { jobs } = await nomad.jobs.list({ index: 0, waitMs: 0 }, signal);
    // Children of periodic and parameterized jobs are runs of theirs.
    const asked = jobs
      .filter(({ parentId }) => parentId === '')
      .filter(({ namespace }) => namespaces.length === 0 || namespaces.includes(namespace));
    requireNamespaces(namespaces, asked);
    const stopped = asked.filter((job) => job.stopped);
    const running = asked.filter((job) => !job.stopped).map(({ ref }) => ref);
    // It becomes a folder's name: nothing but what Nomad itself allows.
    const isPlain = ({ namespace }: JobRef) => /^[A-Za-z0-9-]{1,128}$/.test(namespace);
    const refs = running.filter(isPlain);
    const odd = running.filter((ref) => !isPlain(ref));
    const nameByJob = nameJobs(refs);
    const found = await eachBounded(refs.toSorted(byJob), (ref) =>
      takeJob({ world, nomad, ref, name: nameByJob.get(keyOf(ref)) ?? ref.id }, signal),
    );
    const seen = found.filter((job) => job !== undefined);
    return {
      // Made when nothing is asked any more: a big job takes long enough for a request beside it to count as unanswered.
      items: seen.map(({ item }) => item()),
      left: [
        ...stopped.map(({ ref }) => leftJob(ref, 'it is stopped')),
        ...odd.map((ref) => leftJob(ref, 'no namespace of Nomad has such a name')),
      ],
      keeps: seen.flatMap(({ keeps }) => keeps),
      mind: seen.flatMap(({ mind }) => mind),
    };
  },
};

function leftJob(ref: JobRef, reason: string): LeftBehind {
  return { what: `job ${keyOf(ref)}`, reason };
}

function requireNamespaces(asked: readonly string[], jobs: readonly JobRef[]): void {
  const missing = asked.filter((name) => !jobs.some(({ namespace }) => namespace === name));
  if (missing.length === 0) return;
  throw new UsageError(`no job is seen in the namespace ${missing.join(', ')}`, {
    hint: 'Nomad shows only what the token may list.',
  });
}

function keyOf({ namespace, id }: JobRef): string {
  return `${namespace}/${id}`;
}

function byJob(a: JobRef, b: JobRef): number {
  return keyOf(a) < keyOf(b) ? -1 : 1;
}

/** Names of definitions: the id wherever it may be one. Those come first, so that no other takes theirs. */
function nameJobs(refs: readonly JobRef[]): ReadonlyMap<string, string> {
  const labelsByNamespace = new Map<string, (name: string) => string>();
  const isPlain = ({ id }: JobRef) => isLabel(id);
  const ordered = [...refs.filter(isPlain), ...refs.filter((ref) => !isPlain(ref)).toSorted(byJob)];
  return new Map(
    ordered.map((ref) => {
      const labels = labelsByNamespace.get(ref.namespace) ?? createLabels();
      labelsByNamespace.set(ref.namespace, labels);
      return [keyOf(ref), labels(ref.id)];
    }),
  );
}

interface JobCase {
  readonly world: AdoptWorld;
  readonly nomad: NomadWorld;
  readonly ref: JobRef;
  readonly name: string;
}

interface SeenJob extends Pick<Required<Taken>, 'keeps'> {
  readonly item: () => AdoptedItem;
  readonly mind: readonly string[];
}

async function takeJob(subject: JobCase, signal: AbortSignal): Promise<SeenJob | undefined> {
  const { nomad, ref, world } = subject;
  const live = await nomad.jobs.read(ref, signal);
  if (live === undefined) return undefined;
  const what = `job ${keyOf(ref)}`;
  const keeps = gatewayEntries(live.spec).map((entry) => ({
    unit: `consul-config-entry:${entry}`,
    by: what,
  }));
  // Only made where it is needed: what Nomad fills in is found by trying.
  const plain = () => jsonItem(subject, live);
  const secrets = secretPaths(live.spec).filter((path) => /(?:Env|Meta|Config|EmbeddedTmpl)/.test(path));
  const secretMind = secrets.map(
    (path) => `${what}: ${path} looks like a secret; it would stand in git as it stands in Nomad`,
  );
  const source = await readSource(nomad, live, signal);
  if (source === undefined || source.format !== 'hcl2') return { item: plain, keeps, mind: secretMind };
  const variables = await readJobVariables(source, world.parse);
  if (variables === undefined) {
    const mind = [
      `${what}: the values of its variables can't be read, so it is written as JSON`,
      ...secretMind,
    ];
    return { item: plain, keeps, mind };
  }
  const secretVariables = secretPaths(variables).map(
    (path) => `${what}: its variable ${path} looks like a secret; its value is in the definition`,
  );
  return {
    item: () => hclItem(subject, { source, variables, plain }),
    keeps,
    mind: [...secretMind, ...secretVariables],
  };
}

async function readSource(
  nomad: NomadWorld,
  live: LiveJob,
  signal: AbortSignal,
): Promise<JobSource | undefined> {
  const oldest = Math.max(0, live.version - mostVersionsBack);
  for (let version = live.version; version >= oldest; version -= 1) {
    const source = await nomad.jobSources.read(live.ref, version, signal);
    if (source !== undefined) return source;
  }
  return undefined;
}

function jsonItem({ ref, name, world }: JobCase, live: LiveJob): AdoptedItem {
  return {
    unit: `nomad-job:${keyOf(ref)}`,
    what: `job ${keyOf(ref)}`,
    form: 'Nomad jobs from the API',
    definition: {
      kind: 'NomadJob',
      name,
      namespace: ref.namespace,
      spec: { ...idOf(ref, name), json: plainTexts(trimJob(live.spec, world.compareJob)) },
    },
    file: `jobs/${ref.namespace}/${name}.job.yaml`,
    beside: [],
  };
}

/** The author's text alone where that says all; with a definition beside it; else the job as JSON. */
function hclItem(
  { ref, name }: JobCase,
  { source, variables, plain }: { source: JobSource; variables: JobVariables; plain: () => AdoptedItem },
): AdoptedItem {
  const file = `${name}.nomad.hcl`;
  const beside = [{ path: `jobs/${ref.namespace}/${file}`, text: source.text }];
  const form = 'Nomad jobs with their own HCL';
  const [unit, what] = [`nomad-job:${keyOf(ref)}`, `job ${keyOf(ref)}`];
  const hasVariables = Object.keys(variables).length > 0;
  const withYaml: AdoptedItem = {
    unit,
    what,
    form,
    definition: {
      kind: 'NomadJob',
      name,
      namespace: ref.namespace,
      spec: {
        hcl: { file },
        ...idOf(ref, name),
        ...(hasVariables ? { variables: plainTexts(variables) } : {}),
      },
    },
    file: `jobs/${ref.namespace}/${name}.job.yaml`,
    beside,
    otherwise: plain,
    loss: { of: 'HCL', so: 'it is written as JSON' },
  };
  if (hasVariables || !saysNamespace(source.text, ref.namespace)) return withYaml;
  return { unit, what, form, beside, otherwise: () => withYaml };
}

function saysNamespace(text: string, namespace: string): boolean {
  const said = /^\s*namespace\s*=\s*"([^"]*)"/m.exec(text)?.[1];
  return (said ?? 'default') === namespace;
}

function idOf({ id }: JobRef, name: string): { readonly jobId?: string } {
  return id === name ? {} : { jobId: id };
}
