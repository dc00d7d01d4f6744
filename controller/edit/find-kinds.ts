import type { AnyKind } from '../kinds/index.ts';
import { kebabName } from '../kinds/kebab-name.ts';
import type { KindName } from '../kinds/kind.ts';
import { nearestWord } from '../model/nearest.ts';

type Kinds = ReadonlyMap<KindName, AnyKind>;

/** Words of daily use that are no part of a kind's name. */
const abbreviations: Readonly<Record<string, string>> = {
  app: 'application',
  dc: 'datacenter',
  kv: 'consul-key',
  ns: 'nomad-namespace',
};

/**
 * The kinds that a word may mean, the likeliest first: `NomadJob`, `nomad-job`, `jobs` (all that render to one), `policy` (the
 * kind of that very name, then those that end with it).
 */
export function findKinds(word: string, kinds: Kinds): readonly AnyKind[] {
  const all = [...kinds.values()];
  const written = word.toLowerCase();
  const singular = written.replace(/ies$/, 'y').replace(/(?<=[^s])s$/, '');
  const wanted = new Set([written, singular].map((each) => abbreviations[each] ?? each));
  const exact = all.filter(({ name }) => wanted.has(name.toLowerCase()) || wanted.has(kebabName(name)));
  const ending = all.filter(({ name }) => [...wanted].some((each) => kebabName(name).endsWith(`-${each}`)));
  const jobs = wanted.has('job') ? all.filter((kind) => kind.jobs !== undefined) : [];
  return [...new Set([...exact, ...ending, ...jobs])];
}

/** The kind that was probably meant by a word that means none. */
export function nearestKind(word: string, kinds: Kinds): string | undefined {
  return nearestWord(word, kinds.keys());
}
