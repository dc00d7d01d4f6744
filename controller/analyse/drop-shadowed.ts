import { kindCodes } from '../kinds/kind-codes.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { governanceCodes } from './governance/governance-codes.ts';
import { jobCodes } from './jobs/job-codes.ts';

/** What says no more of a place than another finding there: a namespace that is not the job's own, or not the tenant's. */
const shadows: Readonly<Record<string, readonly string[]>> = {
  [jobCodes.undeclaredNamespace.code]: [kindCodes.jobIdentity.code, governanceCodes.tenantNamespace.code],
  [governanceCodes.tenantNamespace.code]: [kindCodes.jobIdentity.code],
};

/** One mistake at one place is one finding: the one that says most. */
export function dropShadowed(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  if (!diagnostics.some(({ code }) => shadows[code] !== undefined)) return diagnostics;
  const said = new Set(diagnostics.map((found) => keyOf(found, found.code)));
  return diagnostics.filter((found) => !shadows[found.code]?.some((code) => said.has(keyOf(found, code))));
}

function keyOf({ span }: Diagnostic, code: string): string {
  return JSON.stringify([code, span.path, span.line, span.column]);
}
