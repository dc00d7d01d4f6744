import { type Diagnostic, hasErrors } from '../model/diagnostic.ts';
import type { Plan } from '../model/plan.ts';
import { redact, redactAll } from '../model/redact.ts';
import { codeSpan, inertHtml, inertText } from './inert.ts';
import { afterMergeSection } from './words/after-merge.ts';
import { counterTable, counterWords } from './words/counters.ts';
import { dangerSection } from './words/danger-list.ts';
import { type Detail, fitComment } from './words/detail.ts';
import { diagnosticCounts, diagnosticSection } from './words/diagnostic-list.ts';
import { driftSection } from './words/drift-list.ts';
import type { ProposalContext } from './words/proposal-context.ts';
import { provenanceLine } from './words/provenance.ts';
import { unitSections } from './words/unit-folds.ts';
import { verdictLine } from './words/verdict.ts';

export type { ProposalContext } from './words/proposal-context.ts';

/** The hidden first line by which our own comment is found again. */
export function planMarker(environment: string): string {
  return `<!-- drover:plan ${environment} -->`;
}

export const previewMarker = '<!-- drover:preview -->';

/**
 * The comment on a proposal, as Markdown: what is missing, numbers, dangers, each unit folded. 60,000 characters at
 * most; text of users is inert in it, and credentials are masked before anything is cut.
 */
export function proposalComment(plan: Plan, context: ProposalContext): string {
  const clean = redactAll(plan, context.secrets);
  const words = redactAll(context, context.secrets);
  const parts = (detail: Detail) => (isSimple(clean, words) ? shortParts : fullParts)(clean, words, detail);
  return fitComment((detail) =>
    [
      `${planMarker(plan.environment)}\n${verdictLine(clean, words)}`,
      ...(words.notes ?? []).map(inertText),
      ...parts(detail),
      provenanceLine(clean, words),
    ].join('\n\n'),
  );
}

/** Nothing missing, nothing dangerous, few things: one line and the diffs. */
function isSimple(plan: Plan, { missing }: ProposalContext): boolean {
  return missing.length === 0 && plan.dangers.length === 0 && plan.actions.length <= 3;
}

function shortParts(plan: Plan, _context: ProposalContext, detail: Detail): readonly string[] {
  return [...driftSection(plan), ...unitSections(plan, detail, true)];
}

function fullParts(plan: Plan, { confirmedBy, rollout }: ProposalContext, detail: Detail): readonly string[] {
  return [
    ...summaryParts(plan),
    ...dangerSection(plan, detail, confirmedBy),
    ...afterMergeSection(plan, rollout),
    ...driftSection(plan),
    ...unitSections(plan, detail),
  ];
}

function summaryParts(plan: Plan): readonly string[] {
  const words = counterWords(plan);
  return words.length === 0 ? [] : [`**${words.join(' · ')}**`, counterTable(plan)];
}

export interface PreviewContext {
  /** The definitions commit. */
  readonly commit: string;
  readonly droverVersion: string;
  /** The text of a source file, for code frames. */
  readonly readSource: (path: string) => string | undefined;
  readonly secrets?: readonly string[];
}

/** The comment on a definitions pull request: findings first, then what each environment would get. */
export function previewComment(
  diagnostics: readonly Diagnostic[],
  plans: readonly Plan[],
  context: PreviewContext,
): string {
  const { secrets = [] } = context;
  const findings = redactAll(diagnostics, secrets);
  const clean = redactAll(plans, secrets);
  const readSource = (path: string) => {
    const text = context.readSource(path);
    return text === undefined ? undefined : redact(text, secrets);
  };
  return fitComment((detail) =>
    [
      `${previewMarker}\n### ${previewVerdict(findings, clean)}`,
      ...diagnosticSection(findings, readSource, detail),
      ...clean.flatMap((plan) => previewParts(plan, detail)),
      `<sub>definitions <code>${inertHtml(context.commit.slice(0, 10))}</code> · Drover ${inertHtml(context.droverVersion)}</sub>`,
    ].join('\n\n'),
  );
}

function previewVerdict(diagnostics: readonly Diagnostic[], plans: readonly Plan[]): string {
  const counts = diagnosticCounts(diagnostics);
  if (hasErrors(diagnostics)) return `Definitions: ${counts}; nothing can be proposed`;
  const changed = plans.filter(({ actions, dangers }) => actions.length + dangers.length > 0);
  const names = changed.map(({ environment }) => codeSpan(environment)).join(', ');
  const change = changed.length === 0 ? 'change no environment' : `would change ${names}`;
  return `Definitions: ${counts === '' ? '' : `${counts}; `}${change}`;
}

function previewParts(plan: Plan, detail: Detail): readonly string[] {
  if (plan.actions.length + plan.dangers.length === 0) return [];
  return [
    `### Would change ${codeSpan(plan.environment)} so`,
    ...summaryParts(plan),
    ...dangerSection(plan, detail),
    ...unitSections(plan, detail),
  ];
}
