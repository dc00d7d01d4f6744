import type { Action, FileDiff, LiveFinding, Plan } from '../../model/plan.ts';
import { codeSpan, fence, inertHtml, inertText } from '../inert.ts';
import { actionsOf, areas } from './areas.ts';
import { counted, listed } from './counting.ts';
import { type Detail, firstOf } from './detail.ts';
import { groupUnits, type UnitGroup } from './unit-groups.ts';

const maxLineLength = 400;
/** What goes is in git; a glance suffices. */
const maxDeletedLines = 20;
/** `c2` before `c10`. */
const byNumber = new Intl.Collator('en', { numeric: true });

/** Each changed unit as a folded part with its diff, by area. `plain`: without headings, for short comments. */
export function unitSections(plan: Plan, detail: Detail, plain = false): readonly string[] {
  let left = detail.units;
  return areas.flatMap(({ area, title }) => {
    const groups = groupUnits(actionsOf(plan.actions, area), plan.live?.findings ?? []);
    if (groups.length === 0) return [];
    const { shown, hidden } = firstOf(groups, left);
    left -= shown.length;
    const more = hidden === 0 ? [] : [`… and ${counted(hidden, 'change')} more that would not fit here.`];
    const heading = plain ? [] : [`#### ${title}`];
    return [...heading, ...shown.map((group) => unitFold(group, detail)), ...more];
  });
}

function unitFold(group: UnitGroup, detail: Detail): string {
  const { first, keys, findings } = group;
  const lines = first.verb === 'delete' ? Math.min(detail.diffLines, maxDeletedLines) : detail.diffLines;
  const files = first.files.map((file) => fileWords(file, first, lines));
  const names = keys.length === 1 ? [] : [listed([...keys].sort(byNumber.compare).map(codeSpan), 60)];
  const body = [...names, ...liveWords(findings), ...files];
  return [`<details><summary>${summaryWords(group)}</summary>`, ...body, '</details>'].join('\n\n');
}

const verbWords: Readonly<Record<Action['verb'], string>> = {
  create: 'added',
  update: '',
  replace: '<b>replaced</b>',
  delete: '<b>deleted</b>',
};

/** Inside an HTML element: everything of users is escaped for HTML. */
function summaryWords({ first, keys }: UnitGroup): string {
  const name = keys.length === 1 ? inertHtml(first.key) : `${keys.length} ${first.kind}s alike`;
  const kind = first.kind === 'server' || first.kind === 'nomad-job' ? '' : ` (${first.kind})`;
  const restarts = first.restarts.map((restart) => `<code>${inertHtml(restart)}</code>`);
  const verb = first.kind === 'server' ? 'restarts' : 'replaces';
  const parts = [
    verbWords[first.verb],
    ...(first.highlights ?? []).slice(0, 5).map(inertHtml),
    restarts.length === 0 ? '' : `<b>${verb}</b> ${listed(restarts, 5)}`,
  ].filter((part) => part !== '');
  const words = parts.length === 0 ? '' : ` — ${parts.join(', ')}`;
  return `<b>${name}</b>${kind}${words} · ${inertHtml(placeWords(first.source))}`;
}

function placeWords({ path, line }: Action['source']): string {
  return line === undefined ? path : `${path}:${line}`;
}

function fileWords(file: FileDiff, action: Action, limit: number): string {
  const isOnlyFile = action.files.length === 1 && file.note === undefined;
  const title = isOnlyFile ? '' : `${codeSpan(file.path)}${changeWords(file)}\n\n`;
  if (file.note !== undefined) return `${codeSpan(file.path)}: changed (${inertText(file.note)})`;
  const lines = file.diff.split('\n');
  const { shown, hidden } = firstOf(lines, limit);
  if (shown.length === 0) return `${codeSpan(file.path)}: ${counted(lines.length, 'line')} of diff not shown`;
  const cut = hidden === 0 ? '' : `\n\n… ${counted(hidden, 'line')} more not shown.`;
  return `${title}${fence(shown.map(cutLine).join('\n'), 'diff')}${cut}`;
}

function changeWords({ change }: FileDiff): string {
  return change === 'modify' ? '' : change === 'add' ? ' (new)' : ' (removed)';
}

function cutLine(line: string): string {
  return line.length > maxLineLength ? `${line.slice(0, maxLineLength - 1)}…` : line;
}

/** What the clusters say: Nomad's own annotations, placements, drift. */
function liveWords(findings: readonly LiveFinding[]): readonly string[] {
  return findings.flatMap(({ state, notes, updates, warnings = [] }) => [
    ...(updates.length === 0 ? [] : [`Nomad: ${inertText(updates.join(', '))}.`]),
    ...warnings.map((warning) => `Nomad: ${inertText(warning)}`),
    ...notes.map((note) => `**On the cluster now:** ${inertText(note)}`),
    ...(state === 'unknown' ? ['**On the cluster now:** could not be read.'] : []),
  ]);
}
