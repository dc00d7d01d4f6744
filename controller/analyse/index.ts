import { dependencyCycles } from './dependency-cycles.ts';
import { duplicateAddresses } from './duplicate-addresses.ts';
import { duplicateTargets } from './duplicate-targets.ts';
import { environmentRules } from './environments/index.ts';
import { governanceRules } from './governance/index.ts';
import { jobRules } from './jobs/index.ts';
import { kindChecks } from './kind-checks.ts';
import { machineRules } from './machines/index.ts';
import { missingDollar } from './missing-dollar.ts';
import { networkRules } from './networks/index.ts';
import { notJoined } from './not-joined.ts';
import { placementRules } from './placement/index.ts';
import { portRules } from './ports/index.ts';
import { quorumRules } from './quorum/index.ts';
import { references } from './references.ts';
import type { Rule } from './rule.ts';
import { secretRules } from './secrets/index.ts';
import { serviceRules } from './services/index.ts';
import { unitRules } from './units/index.ts';
import { volumeRules } from './volumes/index.ts';

/** The registry: one line a rule. */
export const rules: readonly Rule[] = [
  references,
  duplicateTargets,
  duplicateAddresses,
  notJoined,
  dependencyCycles,
  missingDollar,
  kindChecks,
  ...networkRules,
  ...quorumRules,
  ...placementRules,
  ...portRules,
  ...volumeRules,
  ...serviceRules,
  ...secretRules,
  ...machineRules,
  ...unitRules,
  ...jobRules,
  ...environmentRules,
  ...governanceRules,
];
