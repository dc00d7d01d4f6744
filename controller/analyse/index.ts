import { duplicateAddresses } from './duplicate-addresses.ts';
import { duplicateTargets } from './duplicate-targets.ts';
import { kindChecks } from './kind-checks.ts';
import { notJoined } from './not-joined.ts';
import { references } from './references.ts';
import type { Rule } from './rule.ts';

/** The registry: one line a rule. */
export const rules: readonly Rule[] = [
  references,
  duplicateTargets,
  duplicateAddresses,
  notJoined,
  kindChecks,
];
