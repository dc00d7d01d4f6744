import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type EjectedFile, ejectJob } from '../adopt/eject-job.ts';
import { compareJob } from '../apply/l2/compare-job.ts';
import { findKinds } from '../edit/find-kinds.ts';
import { type AnyKind, kinds } from '../kinds/index.ts';
import type { Fleet, FleetJob } from '../kinds/kind.ts';
import { UsageError } from '../model/errors.ts';
import { isJsonObject } from '../model/json.ts';
import { printable } from '../model/printable.ts';
import { type Resource, resourceId } from '../model/resource.ts';
import type { UnitOptions } from '../model/tree.ts';
import { compileSource, errorsOf } from '../reconcile/compile-source.ts';
import type { CliIo, ExitCode } from './io.ts';
import { isThere } from './is-there.ts';
import { openParser, openSource } from './open-source.ts';
import { findingsText } from './print-findings.ts';
import { requireKind } from './require-kind.ts';

export interface EjectRequest {
  /** What was typed for the kind. */
  readonly word: string;
  readonly name: string;
  readonly namespace: string;
  readonly directory: string;
  readonly environment: string | undefined;
  readonly nomad: string | undefined;
}

/** Writes the files beside the definition, never over one that is there, and tells what is left for a person to do. */
export async function ejectDefinition(request: EjectRequest, io: CliIo): Promise<ExitCode> {
  const meant = findKinds(request.word, kinds);
  const opened = await openSource(request.directory, undefined, io);
  const compiled = await compileSource(await openParser(request.nomad, io), opened.source, io.signal);
  const kind = likeliest(meant, request, compiled.fleets) ?? requireKind(request.word);
  const id = idOf(kind, request);
  const environment = environmentOf(compiled.fleets, id, request.environment);
  const errors = errorsOf(compiled, environment ?? request.environment ?? '');
  if (errors.length > 0) {
    io.err(findingsText(errors, opened.source));
    return 1;
  }
  const fleet = environment === undefined ? undefined : compiled.fleets.get(environment);
  const found = fleet === undefined ? undefined : findJobs(kind, fleet, id);
  if (fleet === undefined || found === undefined) throw new UsageError(`nothing declares a job as ${id}`);
  refuseHcl(found.resource);
  const files = filesOf(found, fleet);
  await writeFiles(files, path.join(opened.directory, path.dirname(found.resource.path)));
  io.out(wordsOf(found, files));
  io.out(differencesText(compiled.fleets, { id, environment: environment ?? '' }));
  return 0;
}

function idOf(kind: AnyKind, { namespace, name }: EjectRequest): string {
  return `${kind.name}/${namespace}/${name}`;
}

/** Of the kinds that a word may mean, the one that has a job of this name. */
function likeliest(
  meant: readonly AnyKind[],
  request: EjectRequest,
  fleets: ReadonlyMap<string, Fleet>,
): AnyKind | undefined {
  const all = [...fleets.values()];
  return meant.find((kind) => all.some((fleet) => jobsOf(fleet, idOf(kind, request)).length > 0)) ?? meant[0];
}

interface Found {
  readonly resource: Resource;
  readonly jobs: readonly FleetJob[];
  readonly optionsOf: (job: FleetJob) => UnitOptions;
}

function findJobs(kind: AnyKind, fleet: Fleet, id: string): Found | undefined {
  const jobs = jobsOf(fleet, id);
  const [resource] = jobs.map((job) => job.resource);
  if (resource === undefined) return undefined;
  const units = kind.render?.(resource, fleet).units ?? [];
  const keyOf = ({ namespace, id: jobId }: FleetJob) => `${namespace}/${jobId}`;
  return { resource, jobs, optionsOf: (job) => units.find(({ key }) => key === keyOf(job))?.options ?? {} };
}

function filesOf({ jobs, optionsOf }: Found, fleet: Fleet): readonly EjectedFile[] {
  const ejected = jobs.map((job) => ejectJob(job, optionsOf(job), fleet));
  const leftOut = ejected.flatMap((job) => job.leftOut);
  if (leftOut.length === 0) return ejected.flatMap((job) => job.files);
  throw new UsageError(`HCL has no word for ${leftOut.join(', ')}`, { hint: 'Take them out of the patch.' });
}

function jobsOf(fleet: Fleet, id: string): readonly FleetJob[] {
  return fleet.jobs().filter(({ resource }) => resourceId(resource) === id);
}

function refuseHcl(resource: Resource): void {
  if (!isJsonObject(resource.spec['hcl'])) return;
  throw new UsageError(`${resourceId(resource)} is HCL already`, { hint: `It is in ${resource.path}.` });
}

/** The asked environment; without one, any that has it, when all say the same. */
function environmentOf(
  fleets: ReadonlyMap<string, Fleet>,
  id: string,
  asked: string | undefined,
): string | undefined {
  if (asked !== undefined && !fleets.has(asked)) {
    const hint = `drover.yaml has: ${[...fleets.keys()].join(', ')}.`;
    throw new UsageError(`there is no environment ${asked}`, { hint });
  }
  const holders = [...fleets].filter(([, fleet]) => jobsOf(fleet, id).length > 0).map(([name]) => name);
  const [first] = holders;
  const environment = asked ?? first;
  if (asked === undefined && environment !== undefined) {
    const others = differences(fleets, { id, environment });
    if (others.length > 0) {
      throw new UsageError(`${id} is not the same in ${holders.join(' and ')}`, {
        hint: 'Say whose values are written with --environment.',
      });
    }
  }
  return environment;
}

interface Difference {
  readonly environment: string;
  readonly fields: readonly string[];
}

function differences(
  fleets: ReadonlyMap<string, Fleet>,
  { id, environment }: { id: string; environment: string },
): readonly Difference[] {
  const own = fleets.get(environment);
  const written = own === undefined ? [] : jobsOf(own, id);
  return [...fleets].flatMap(([name, fleet]) => {
    const fields = jobsOf(fleet, id).flatMap((job) => {
      const same = written.find((other) => other.id === job.id);
      return same === undefined ? [job.id] : compareJob(same.job, job.job);
    });
    return fields.length === 0 ? [] : [{ environment: name, fields }];
  });
}

function differencesText(
  fleets: ReadonlyMap<string, Fleet>,
  at: { id: string; environment: string },
): string {
  const found = differences(fleets, at).map(
    ({ environment, fields }) => `  ${environment}: ${fields.join(', ')}\n`,
  );
  if (found.length === 0) return '';
  return `Written with the values of ${at.environment}. Others differ; make these variables of the HCL:\n${found.join('')}`;
}

async function writeFiles(files: readonly EjectedFile[], folder: string): Promise<void> {
  for (const { name } of files) {
    if (await isThere(path.join(folder, name)))
      throw new UsageError(`${name} is there already`, { hint: 'Nothing is ever overwritten.' });
  }
  for (const { name, text } of files) await writeFile(path.join(folder, name), text, { flag: 'wx' });
}

function wordsOf({ resource, jobs, optionsOf }: Found, files: readonly EjectedFile[]): string {
  const folder = path.posix.dirname(resource.path);
  const { path: declared, line } = resource.locate([]);
  const layers = new Set(Object.keys(resource.spec).map((field) => resource.locate(['spec', field]).path));
  layers.delete(declared);
  const once = jobs.filter((job) => optionsOf(job).once !== undefined);
  return [
    ...files.map(({ name }) => `written  ${printable(path.posix.join(folder, name))}`),
    `delete   ${resourceId(resource)} in ${printable(declared)}:${line}`,
    ...[...layers].map((file) => `delete   its patch in ${printable(file)}`),
    ...once.map(
      ({ id }) => `mind     ${id} runs once for each content, and as HCL it is a new one: it runs again`,
    ),
    '',
  ].join('\n');
}
