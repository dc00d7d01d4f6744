import type { AdoptedItem, LeftBehind, Taken } from './adopted-item.ts';
import { type LaidOut, layOut } from './lay-out.ts';

/** What compiling, rendering and comparing says of the files as they would be written. */
export interface Verdict {
  /** Errors, by path below the folder; those of other files have none. */
  readonly findings: readonly {
    readonly path: string | undefined;
    readonly line: number;
    readonly message: string;
  }[];
  /** By unit, for each that was asked: why it is not what runs; `undefined` when it is. None when nothing could be compared. */
  readonly units: ReadonlyMap<string, string | undefined> | undefined;
}

export type Verify = (
  files: ReadonlyMap<string, string>,
  units: ReadonlySet<string>,
  signal: AbortSignal,
) => Promise<Verdict>;

export interface Settled {
  readonly laid: LaidOut;
  readonly kept: readonly AdoptedItem[];
  readonly left: readonly LeftBehind[];
  readonly mind: readonly string[];
  /** What stands in the way of a proof and is nobody's here. */
  readonly unproven: readonly string[];
}

/** Each round has fewer items or plainer ones; more rounds than this are a fleet that no definition fits. */
const mostRounds = 12;

interface Round {
  readonly kept: readonly AdoptedItem[];
  readonly left: readonly LeftBehind[];
  /** What a plainer form lost, by unit: not told of what is left behind in the end. */
  readonly losses: ReadonlyMap<string, string>;
}

interface Failure {
  readonly reason: string;
  /** By a check; else it compiles and is not what runs. */
  readonly isRefused: boolean;
}

/**
 * Items in the form in which they compile and are what runs: whatever is refused or differs becomes its plainer form, and is
 * left behind when it has none. What comes out was compared with the live systems as a whole.
 */
export async function settle(
  taken: Taken,
  { verify, head }: { readonly verify: Verify; readonly head: (path: string) => string },
  signal: AbortSignal,
): Promise<Settled> {
  let round: Round = { kept: taken.items, left: taken.left, losses: new Map() };
  let proven: ReadonlySet<string> = new Set();
  for (let count = 0; count < mostRounds; count += 1) {
    const laid = layOut(round.kept, head);
    // Nothing is left to be proved; an environment without a file would only be a finding more.
    if (round.kept.length === 0) return settled(round, taken, { laid, unproven: [] });
    const asked = round.kept.map(({ unit }) => unit).filter((unit) => !proven.has(unit));
    const verdict = await verify(laid.files, new Set(asked), signal);
    const failed = failuresOf(round.kept, laid, verdict);
    if (failed.size === 0) {
      const unproven = verdict.findings.map(({ message }) => message);
      return settled(round, taken, { laid, unproven });
    }
    proven = new Set([...proven, ...provenOf(verdict)]);
    round = withoutFailed(round, failed);
  }
  const unproven = [`no set of definitions was found in ${mostRounds} rounds`];
  return settled(round, taken, { laid: layOut(round.kept, head), unproven });
}

function settled(
  { kept, left, losses }: Round,
  { mind }: Taken,
  end: Pick<Settled, 'laid' | 'unproven'>,
): Settled {
  const told = kept.flatMap(({ unit }) => losses.get(unit) ?? []);
  return { kept, left, mind: [...mind, ...told], ...end };
}

function provenOf({ units }: Verdict): readonly string[] {
  return [...(units ?? [])].filter(([, reason]) => reason === undefined).map(([unit]) => unit);
}

/** Why an item can't stay, by item. Findings first: what does not compile is not compared. */
function failuresOf(
  kept: readonly AdoptedItem[],
  laid: LaidOut,
  { findings, units }: Verdict,
): ReadonlyMap<AdoptedItem, Failure> {
  const failed = new Map<AdoptedItem, Failure>();
  for (const { path, line, message } of findings) {
    const owners = path === undefined ? [] : laid.ownersOf(path, line);
    for (const item of owners) if (!failed.has(item)) failed.set(item, { reason: message, isRefused: true });
  }
  for (const item of kept) {
    const reason = units?.get(item.unit);
    if (reason !== undefined && !failed.has(item)) failed.set(item, { reason, isRefused: false });
  }
  return failed;
}

function withoutFailed(round: Round, failed: ReadonlyMap<AdoptedItem, Failure>): Round {
  const left = [...round.left];
  const losses = new Map(round.losses);
  const kept = round.kept.flatMap((item) => {
    const failure = failed.get(item);
    if (failure === undefined) return [item];
    const { reason, isRefused } = failure;
    const { otherwise, loss, what, unit } = item;
    if (loss !== undefined) {
      losses.set(
        unit,
        `${what}: its ${loss.of} is ${isRefused ? 'refused' : 'not what runs'}, so ${loss.so} (${reason})`,
      );
    }
    if (otherwise !== undefined) return [otherwise()];
    left.push({ what, reason });
    return [];
  });
  return { kept, left, losses };
}
