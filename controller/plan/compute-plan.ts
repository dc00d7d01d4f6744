import type { Rules } from '../model/environment.ts';
import type { Action, Breach, Danger, FileDiff, Plan, Verb } from '../model/plan.ts';
import { type FileTree, treeFiles } from '../model/tree.ts';
import { findDangers } from './dangers/index.ts';
import { planDigest } from './digest.ts';
import { diffFile } from './file-diff.ts';
import { judgeGuard } from './guard.ts';
import { judgePolicies } from './judge-policies.ts';
import { type Place, readPlaces } from './read-places.ts';
import { hasMark, type UnitChange } from './unit-change.ts';
import { effectsOf, type UnitText } from './unit-effects.ts';
import { equalBytes, pairUnits, type UnitPair, type UnitSide } from './unit-pairs.ts';

export interface PlanInput {
  readonly environment: string;
  readonly live: FileTree;
  readonly proposal: FileTree;
  /** The guard counts since this one; the live tree by default. */
  readonly converged?: FileTree;
  /** Git tree ids without `hydrator.metadata`. */
  readonly liveTreeId: string;
  readonly proposalTreeId: string;
  /** The live branch's, which judge this proposal. */
  readonly rules: Rules;
  /** What the proposal's definitions break of the tenants and policies of these rules; nothing when they are not known. */
  readonly breaches?: readonly Breach[];
}

/**
 * What a proposal would do, from the trees alone: actions by wave and key, dangers, the guard's verdict, the digest.
 * The live part is added by the caller. @throws SourceError when an inventory of a tree is broken.
 */
export function computePlan(input: PlanInput): Plan {
  const { environment, live, proposal, converged, rules } = input;
  const pairs = pairUnits(live, proposal);
  const places = { live: readPlaces(live), proposal: readPlaces(proposal) };
  const placeOf = ({ entry, after }: UnitPair) =>
    after === undefined ? places.live(entry) : places.proposal(entry);
  const changes = pairs.filter((pair) => pair.differs).map((pair) => changeOf(pair, placeOf(pair)));
  const proposedRules = readProposedRules(live, proposal);
  const breaches = input.liveTreeId === input.proposalTreeId ? [] : (input.breaches ?? []);
  const dangers = findDangers({ changes, pairs, rules, proposedRules, breaches });
  const sinceConverged = converged === undefined ? pairs : pairUnits(converged, proposal);
  const guard = judgeGuard({ rules, sinceConverged, proposed: pairs, dangers });
  const isOverCount = guard.taken > guard.allowed;
  const plan: Plan = {
    environment,
    digest: planDigest(input),
    actions: changes.map(({ action }) => action),
    dangers: guard.tripped && isOverCount ? dangers.map((danger) => confirmTaking(danger)) : dangers,
    guard,
  };
  return judgePolicies(plan, rules.policies);
}

function changeOf(pair: UnitPair, source: Place): UnitChange {
  const { before, after, entry } = pair;
  const effects = effectsOf(entry.kind);
  const isBoth = before !== undefined && after !== undefined;
  const highlights = isBoth ? effects.highlights(pair) : [];
  const action: Action = {
    verb: verbOf(pair),
    kind: entry.kind,
    key: entry.key,
    wave: entry.wave,
    ...(before === undefined ? {} : { before: before.entry.sha256 }),
    ...(after === undefined ? {} : { after: after.entry.sha256 }),
    files: fileDiffs(effects.texts, before, after),
    ...(highlights.length === 0 ? {} : { highlights }),
    restarts: isBoth ? effects.restarts(pair) : [],
    stateful: hasMark(pair, 'stateful'),
    protect: hasMark(pair, 'protect'),
    source,
  };
  const takes = isBoth ? effects.takes(pair) : [];
  return { pair, action, takes, quorumGroups: effects.quorumGroups(pair) };
}

function verbOf(pair: UnitPair): Verb {
  if (pair.before === undefined) return 'create';
  if (pair.after === undefined) return 'delete';
  return effectsOf(pair.entry.kind).isReplaced(pair) ? 'replace' : 'update';
}

function fileDiffs(
  texts: (side: UnitSide) => readonly UnitText[],
  before: UnitSide | undefined,
  after: UnitSide | undefined,
): readonly FileDiff[] {
  const isBoth = before !== undefined && after !== undefined;
  const [old, now] = [before, after].map((side) => {
    const all = side === undefined ? [] : texts(side);
    const written = all.filter((text) => text.written);
    const shown = isBoth || written.length === 0 ? all : written;
    return new Map(shown.map((text) => [text.path, text]));
  });
  const paths = [...new Set([...(old?.keys() ?? []), ...(now?.keys() ?? [])])];
  return paths
    .map((path) => ({ path, was: old?.get(path), is: now?.get(path) }))
    .filter(({ was, is }) => !equalBytes(was?.bytes, is?.bytes))
    .map(({ path, was, is }) => {
      const sensitive = was?.sensitive === true || is?.sensitive === true;
      return diffFile({ path, before: was?.bytes, after: is?.bytes, sensitive });
    });
}

/** `undefined` when the rules stay as they are. */
function readProposedRules(live: FileTree, proposal: FileTree): unknown {
  const bytes = proposal.get(treeFiles.rules);
  if (bytes === undefined || equalBytes(bytes, live.get(treeFiles.rules))) return undefined;
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as unknown;
  } catch {
    return null;
  }
}

const takingCodes: ReadonlySet<Danger['code']> = new Set(['Delete', 'Replace', 'TakesAway']);

/** Over the allowed count, each thing taken away is what the confirmation is about. */
function confirmTaking(danger: Danger): Danger {
  return takingCodes.has(danger.code) ? { ...danger, confirm: true } : danger;
}
