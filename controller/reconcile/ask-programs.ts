import { alertFindings, askedAlerts } from '../analyse/governance/alert-tests.ts';
import { askedJobs } from '../analyse/jobs/asked-jobs.ts';
import { validateFindings } from '../analyse/jobs/validate-findings.ts';
import { programConfigs } from '../analyse/machines/program-configs.ts';
import { programFindings } from '../analyse/machines/program-findings.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { hasErrors } from '../model/diagnostic.ts';
import type { ConfigToCheck, ConfigVerdict } from '../model/program-config.ts';
import type { ConfigChecker } from '../ports/config-checker.ts';
import type { Memo } from '../ports/memo.ts';
import { type CheckConfigsPorts, checkConfigs } from '../source/check-configs.ts';
import type { CheckedEnvironments } from './check-environments.ts';

export interface AskProgramsPorts {
  readonly configChecker?: ConfigChecker | undefined;
  readonly memo: Memo;
}

/** Each is a process of some 40 ms, once for its content. */
const maxJobs = 1000;

/** What programs say of each environment: of its configuration files, its alerts, and its jobs. */
export async function askPrograms(
  { fleets, diagnosticsByEnvironment }: CheckedEnvironments,
  { configChecker: checker, memo }: AskProgramsPorts,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, readonly Diagnostic[]>> {
  const said = new Map<string, readonly Diagnostic[]>();
  if (checker === undefined) return said;
  for (const [name, fleet] of fleets) {
    const found = diagnosticsByEnvironment.get(name) ?? [];
    const ports = { checker, memo };
    // Of fleets with errors files may be cut short, and programs would say so. A job is whole or is not there.
    const isWhole = !hasErrors(found);
    const ofConfigs = await judged(isWhole ? programConfigs(fleet) : [], ports, signal);
    const ofAlerts = await judged(isWhole ? askedAlerts(fleet) : [], ports, signal);
    const ofJobs = await judged(askedJobs(fleet, found), { ...ports, limit: maxJobs }, signal);
    said.set(name, [
      ...programFindings(fleet, ofConfigs),
      ...alertFindings(fleet, ofAlerts),
      ...validateFindings(fleet, ofJobs),
    ]);
  }
  return said;
}

/** What was asked, each with what its program says; `undefined` where nobody could judge. */
async function judged<Asked extends { readonly config: ConfigToCheck }>(
  all: readonly Asked[],
  ports: CheckConfigsPorts,
  signal: AbortSignal,
): Promise<readonly { readonly asked: Asked; readonly verdict: ConfigVerdict | undefined }[]> {
  const verdicts = await checkConfigs(
    all.map(({ config }) => config),
    ports,
    signal,
  );
  return all.map((asked, index) => ({ asked, verdict: verdicts[index] }));
}
