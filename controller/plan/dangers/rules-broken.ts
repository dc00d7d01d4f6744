import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Breach, Danger } from '../../model/plan.ts';
import type { DangerInput } from '../unit-change.ts';

const shownFindings = 3;

const whose: Readonly<Record<Breach['code'], string>> = {
  Tenant: 'Its rights are those of the live branch.',
  Policy: 'The policy is the live branch’s.',
};

/** Definitions that the live branch's tenants and policies don't let pass: a commit can't loosen the rule that it breaks. */
export function rulesBroken({ breaches }: DangerInput): readonly Danger[] {
  return breaches.map(({ code, unit, findings }) => ({
    code,
    unit,
    message: `${wordsOf(findings)}. ${whose[code]}`,
    confirm: true,
  }));
}

function wordsOf(findings: readonly Diagnostic[]): string {
  const more = findings.length - shownFindings;
  const shown = findings.slice(0, shownFindings).map(lineOf);
  return [...shown, ...(more > 0 ? [`${more} more`] : [])].join('; ');
}

function lineOf({ span, message }: Diagnostic): string {
  return `${span.path}:${span.line} ${message}`;
}
