import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Danger, TenantBreach } from '../../model/plan.ts';
import type { DangerInput } from '../unit-change.ts';

const shownFindings = 3;

/** Definitions that the live branch's tenants don't let pass: a commit can't give itself the rights that it uses. */
export function tenantsBroken({ breaches }: DangerInput): readonly Danger[] {
  return breaches.map((breach) => ({
    code: 'Tenant',
    unit: `tenant:${breach.tenant.path}`,
    message: `${wordsOf(breach)}. Its rights are those of the live branch.`,
    confirm: true,
  }));
}

function wordsOf({ findings }: TenantBreach): string {
  const more = findings.length - shownFindings;
  const shown = findings.slice(0, shownFindings).map(lineOf);
  return [...shown, ...(more > 0 ? [`${more} more`] : [])].join('; ');
}

function lineOf({ span, message }: Diagnostic): string {
  return `${span.path}:${span.line} ${message}`;
}
