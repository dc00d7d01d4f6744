import { alertFindings, askedAlerts } from '../analyse/governance/alert-tests.ts';
import { askedJobs } from '../analyse/jobs/asked-jobs.ts';
import { validateFindings } from '../analyse/jobs/validate-findings.ts';
import { programConfigs } from '../analyse/machines/program-configs.ts';
import { programFindings } from '../analyse/machines/program-findings.ts';
import type { Fleet } from '../kinds/kind.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { hasErrors } from '../model/diagnostic.ts';
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
    const ofConfigs = hasErrors(found) ? [] : await askAboutConfigs(fleet, ports, signal);
    const ofAlerts = hasErrors(found) ? [] : await askAboutAlerts(fleet, ports, signal);
    const ofJobs = await askAboutJobs({ fleet, found }, { ...ports, limit: maxJobs }, signal);
    said.set(name, [...ofConfigs, ...ofAlerts, ...ofJobs]);
  }
  return said;
}

/** Only of fleets without errors: files of others may be cut short, and programs would say so. */
async function askAboutConfigs(
  fleet: Fleet,
  ports: CheckConfigsPorts,
  signal: AbortSignal,
): Promise<readonly Diagnostic[]> {
  const configs = programConfigs(fleet);
  const verdicts = await checkConfigs(
    configs.map(({ config }) => config),
    ports,
    signal,
  );
  return programFindings(
    fleet,
    configs.map((found, index) => ({ found, verdict: verdicts[index] })),
  );
}

async function askAboutAlerts(
  fleet: Fleet,
  ports: CheckConfigsPorts,
  signal: AbortSignal,
): Promise<readonly Diagnostic[]> {
  const alerts = askedAlerts(fleet);
  const verdicts = await checkConfigs(
    alerts.map(({ config }) => config),
    ports,
    signal,
  );
  return alertFindings(
    fleet,
    alerts.map((asked, index) => ({ asked, verdict: verdicts[index] })),
  );
}

/** A job is whole or is not there, so that errors elsewhere don't matter. */
async function askAboutJobs(
  { fleet, found }: { readonly fleet: Fleet; readonly found: readonly Diagnostic[] },
  ports: CheckConfigsPorts,
  signal: AbortSignal,
): Promise<readonly Diagnostic[]> {
  const jobs = askedJobs(fleet, found);
  const verdicts = await checkConfigs(
    jobs.map(({ config }) => config),
    ports,
    signal,
  );
  return validateFindings(
    fleet,
    jobs.map((asked, index) => ({ asked, verdict: verdicts[index] })),
  );
}
