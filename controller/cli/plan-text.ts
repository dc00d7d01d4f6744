import type { Action, Danger, FileDiff, Plan } from '../model/plan.ts';
import { redactAll } from '../model/redact.ts';
import { unitKey } from '../model/tree.ts';
import { visible } from '../plan/inert.ts';
import { actionsOf, areas } from '../plan/words/areas.ts';
import { counterWords } from '../plan/words/counters.ts';
import { listed } from '../plan/words/counting.ts';
import { dangerTitles, groupDangers, overAllowed } from '../plan/words/danger-list.ts';
import { groupUnits, type UnitGroup } from '../plan/words/unit-groups.ts';

const signs: Readonly<Record<Action['verb'], string>> = {
  create: '+',
  update: '~',
  replace: '-/+',
  delete: '-',
};
/** What goes is in git; a glance suffices. */
const maxDeletedLines = 20;
const maxNames = 60;

/** A plan for a terminal: what changes with its diffs, then dangers and numbers, which stay in sight. */
export function planText(secretPlan: Plan): string {
  const plan = redactAll(secretPlan, undefined);
  const units = areas.flatMap(({ area, title }) => {
    const groups = groupUnits(actionsOf(plan.actions, area), []);
    return groups.length === 0 ? [] : [title, ...groups.map(unitText)];
  });
  const parts = [...units, ...dangersText(plan), summaryText(plan)];
  return `${visible(parts.join('\n\n'))}\n`;
}

function summaryText(plan: Plan): string {
  const words = counterWords(plan);
  const none = plan.dangers.length === 0 ? 'nothing changes' : 'only rules or marks change';
  return `plan for ${plan.environment}: ${words.length === 0 ? none : words.join(', ')} (${plan.digest.slice(0, 8)})`;
}

function unitText({ first, keys }: UnitGroup): string {
  const { verb, source, restarts, highlights = [] } = first;
  const name = keys.length === 1 ? unitKey(first) : `${first.kind}: ${listed(keys, maxNames)}`;
  const place = source.line === undefined ? source.path : `${source.path}:${source.line}`;
  const effect = first.kind === 'server' ? 'restarts' : 'replaces';
  return [
    `${signs[verb]} ${name}  (${place})`,
    ...highlights.map((highlight) => `    ${highlight}`),
    ...(restarts.length === 0 ? [] : [`    ${effect} ${restarts.join(', ')}`]),
    ...first.files.flatMap((file) => fileLines(file, verb === 'delete')),
  ].join('\n');
}

function fileLines({ path, diff, note }: FileDiff, isDeleted: boolean): readonly string[] {
  if (note !== undefined) return [`    ${path}: ${note}`];
  const lines = diff.split('\n');
  const shown = isDeleted ? lines.slice(0, maxDeletedLines) : lines;
  const hidden = lines.length - shown.length;
  return [
    `    ${path}`,
    ...shown.map((line) => `      ${line}`),
    ...(hidden === 0 ? [] : [`      … ${hidden} more`]),
  ];
}

function dangersText({ dangers, guard }: Plan): readonly string[] {
  if (dangers.length === 0 && !guard.tripped) return [];
  const lines = groupDangers(dangers).map(dangerText);
  const needs = guard.tripped ? ['The proposal will need a confirmation.'] : [];
  return [['Dangers', ...[...lines, ...overAllowed(guard), ...needs].map((line) => `  ${line}`)].join('\n')];
}

function dangerText(group: readonly Danger[]): string {
  const [first] = group;
  if (first === undefined) return '';
  const names = listed(
    group.map(({ unit }) => unit),
    maxNames,
  );
  return `${dangerTitles[first.code]} ${names}: ${first.message}${first.confirm ? ' (needs a confirmation)' : ''}`;
}
