import { programConfigs } from '../analyse/machines/program-configs.ts';
import { programFindings } from '../analyse/machines/program-findings.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { hasErrors } from '../model/diagnostic.ts';
import type { ConfigChecker } from '../ports/config-checker.ts';
import type { Memo } from '../ports/memo.ts';
import { checkConfigs } from '../source/check-configs.ts';
import type { CheckedEnvironments } from './check-environments.ts';

export interface AskProgramsPorts {
  readonly configChecker?: ConfigChecker | undefined;
  readonly memo: Memo;
}

/**
 * What programs say of the configuration files of each environment. Only of those without errors: files of others may be cut
 * short, and programs would say so.
 */
export async function askPrograms(
  { fleets, diagnosticsByEnvironment }: CheckedEnvironments,
  { configChecker: checker, memo }: AskProgramsPorts,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, readonly Diagnostic[]>> {
  const said = new Map<string, readonly Diagnostic[]>();
  if (checker === undefined) return said;
  for (const [name, fleet] of fleets) {
    if (hasErrors(diagnosticsByEnvironment.get(name) ?? [])) continue;
    const configs = programConfigs(fleet);
    const verdicts = await checkConfigs(
      configs.map(({ config }) => config),
      { checker, memo },
      signal,
    );
    const judged = configs.map((found, index) => ({ found, verdict: verdicts[index] }));
    said.set(name, programFindings(fleet, judged));
  }
  return said;
}
