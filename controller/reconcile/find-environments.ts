import type { Mode, Rules } from '../model/environment.ts';
import { SourceError } from '../model/errors.ts';
import { readRules, readTree } from './read-tree.ts';
import type { Repository } from './repository.ts';
import { refNames } from './repository.ts';
import type { Revisions } from './revisions.ts';

export interface FoundEnvironment {
  readonly name: string;
  readonly cluster: string;
  /** By the live branch's rules; before it is born, by the definitions'. */
  readonly mode: Mode;
}

const livePattern = /^refs\/heads\/env\/([a-z0-9]([a-z0-9-]*[a-z0-9])?)$/;

/**
 * The environments there are: those of the newest definitions, and those that have a live branch. One that was taken out
 * of `drover.yaml`, or whose definitions are broken now, is looked after as long as its branch stands.
 */
export async function findEnvironments(
  repository: Repository,
  revisions: Revisions,
  signal: AbortSignal,
): Promise<readonly FoundEnvironment[]> {
  const definitionsRef = refNames.definitions(repository.branch);
  const refs = await repository.remote.listRefs([definitionsRef, 'refs/heads/env/'], signal);
  const definitions = refs.get(definitionsRef);
  if (definitions === undefined) {
    throw new SourceError(`the definitions branch ${repository.branch} does not exist`);
  }
  const wanted = [...refs.keys()].filter((ref) => ref === definitionsRef || isLive(ref));
  await repository.remote.fetch(wanted, signal);
  const found = new Map<string, Rules>();
  for (const [ref, commit] of refs) {
    if (!isLive(ref)) continue;
    const rules = await readLiveRules(repository, commit, signal);
    // A broken or foreign head of one branch says nothing of it, and never of another.
    if (rules !== undefined && ref === refNames.live(rules.environment)) found.set(rules.environment, rules);
  }
  const { project } = await revisions.compile(definitions, signal);
  for (const [name, { environment }] of project.environments) {
    if (!found.has(name)) found.set(name, environment.rules);
  }
  return [...found]
    .map(([name, { cluster, mode }]) => ({ name, cluster, mode }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function isLive(ref: string): boolean {
  return livePattern.test(ref) && !ref.endsWith('-next');
}

async function readLiveRules(
  repository: Repository,
  commit: string,
  signal: AbortSignal,
): Promise<Rules | undefined> {
  try {
    return readRules(await readTree(repository.objects, commit, signal));
  } catch (error) {
    if (error instanceof SourceError) return undefined;
    throw error;
  }
}
