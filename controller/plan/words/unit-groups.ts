import type { Action, FileDiff, LiveFinding } from '../../model/plan.ts';
import { unitKey } from '../../model/tree.ts';

/** Actions that read the same: one, or many servers with an identical change. */
export interface UnitGroup {
  readonly first: Action;
  readonly keys: readonly string[];
  readonly findings: readonly LiveFinding[];
}

/** Identical changes are shown once. Paths are compared without the unit's own folder, diffs without their context. */
export function groupUnits(
  actions: readonly Action[],
  findings: readonly LiveFinding[],
): readonly UnitGroup[] {
  const groups = new Map<string, Action[]>();
  for (const action of actions) {
    const key = fingerprint(action);
    const group = groups.get(key) ?? [];
    group.push(action);
    groups.set(key, group);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const ids = new Set(group.map(unitKey));
    const ofGroup = findings.filter(({ unit }) => ids.has(unit));
    return [{ first, keys: group.map(({ key }) => key), findings: ofGroup }];
  });
}

function fingerprint(action: Action): string {
  const { verb, kind, restarts, key } = action;
  // Only servers come in herds; two equal changes of jobs are two stories.
  if (kind !== 'server') return JSON.stringify([kind, key]);
  const files = action.files.map((file) => [
    relativePath(file.path),
    file.change,
    file.note,
    changedLines(file),
  ]);
  return JSON.stringify([kind, verb, restarts, files]);
}

/** `servers/web-1/files/etc/motd` → `files/etc/motd`. */
function relativePath(path: string): string {
  return path.split('/').slice(2).join('/');
}

function changedLines({ diff }: FileDiff): readonly string[] {
  return diff.split('\n').filter((line) => line.startsWith('+') || line.startsWith('-'));
}
