import { kindCodes } from '../kinds/kind-codes.ts';
import { type Diagnostic, type DiagnosticCode, placeKey } from '../model/diagnostic.ts';
import { governanceCodes } from './governance/governance-codes.ts';
import { driverCodes } from './jobs/driver-codes.ts';
import { jobCodes } from './jobs/job-codes.ts';
import { placementCodes } from './placement/placement-codes.ts';
import { volumeCodes } from './volumes/volume-codes.ts';

/** What says no more of a place than another finding there: a namespace or a path that is not the tenant's. */
const shadows: Readonly<Record<string, readonly DiagnosticCode[]>> = {
  [jobCodes.undeclaredNamespace.code]: [kindCodes.jobIdentity.code, governanceCodes.tenantNamespace.code],
  [governanceCodes.tenantNamespace.code]: [kindCodes.jobIdentity.code],
  [governanceCodes.tenantVaultPath.code]: [kindCodes.vaultPath.code],
  // What can't work for anybody is no question of rights.
  [governanceCodes.tenantDriver.code]: [driverCodes.misspelt.code],
  [governanceCodes.tenantPrivileged.code]: [driverCodes.beyondPlugin.code],
  [governanceCodes.tenantHostVolume.code]: [volumeCodes.bindMount.code],
  [placementCodes.canariesBeside.code]: [jobCodes.canariesOverCount.code],
};

/** One mistake at one place is one finding: the one that says most. */
export function dropShadowed(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  if (!diagnostics.some(({ code }) => shadows[code] !== undefined)) return diagnostics;
  const said = new Set(diagnostics.map(placeKey));
  return diagnostics.filter(
    ({ code, span }) => !shadows[code]?.some((other) => said.has(placeKey({ code: other, span }))),
  );
}
