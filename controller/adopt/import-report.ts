import { printable } from '../model/printable.ts';
import type { AdoptedItem, LeftBehind } from './adopted-item.ts';

export interface ImportOutcome {
  readonly kept: readonly AdoptedItem[];
  readonly left: readonly LeftBehind[];
  readonly mind: readonly string[];
  readonly unproven: readonly string[];
}

/** More lines of one kind are for the report's file. */
const mostLines = 40;

/** What was taken over, counted; then what wants a look, and what was not, with reasons. For a terminal. */
export function importSummary({ kept, left, mind, unproven }: ImportOutcome): string {
  const counts = countsOf(kept).map(([form, count]) => `  ${String(count).padStart(5)}  ${form}`);
  return [
    kept.length === 0 ? 'nothing was taken over' : 'taken over:',
    ...counts,
    ...section('look at these before you commit', mind),
    ...section('not taken over', left.map(leftLine)),
    ...section('not proved to be what runs', unproven),
    '',
  ].join('\n');
}

/** The same as a document, whole, with definitions to begin with. */
export function importReport({ kept, left, mind, unproven }: ImportOutcome): string {
  const lines = (items: readonly string[]) => items.map((item) => `- ${printable(item)}`);
  const samples = left.flatMap(({ sample }) => sample ?? []);
  return `${[
    '# What `drover import` found',
    '',
    '## Taken over',
    '',
    ...lines(countsOf(kept).map(([form, count]) => `${count} ${form}`)),
    ...(mind.length === 0 ? [] : ['', '## To look at', '', ...lines(mind)]),
    ...(left.length === 0 ? [] : ['', '## Not taken over', '', ...lines(left.map(leftLine))]),
    ...(unproven.length === 0 ? [] : ['', '## Not proved', '', ...lines(unproven)]),
    ...(samples.length === 0
      ? []
      : ['', '## Secrets: definitions to begin with', '', '```yaml', samples.join('---\n').trimEnd(), '```']),
  ].join('\n')}\n`;
}

function leftLine({ what, reason }: LeftBehind): string {
  return `${what}: ${reason}`;
}

function countsOf(kept: readonly AdoptedItem[]): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const { form } of kept) counts.set(form, (counts.get(form) ?? 0) + 1);
  return [...counts];
}

function section(title: string, items: readonly string[]): readonly string[] {
  if (items.length === 0) return [];
  const shown = items.slice(0, mostLines).map((item) => `  ${printable(item)}`);
  const rest = items.length - shown.length;
  return [
    '',
    `${title}:`,
    ...shown,
    ...(rest > 0 ? [`  and ${rest} more: write all with --report FILE`] : []),
  ];
}
