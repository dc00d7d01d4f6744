import { kinds as registry } from '../kinds/index.ts';
import type { Fleet } from '../kinds/kind.ts';
import { compareDiagnostics, type Diagnostic } from '../model/diagnostic.ts';
import { dropShadowed } from './drop-shadowed.ts';
import { foldCrowds } from './fold-crowds.ts';
import { rules } from './index.ts';
import type { Kinds } from './rule.ts';

/**
 * What is wrong across the definitions of one environment, sorted. Rules say nothing that follows only from a definition with
 * findings of its own, so this may run whatever the compiler found.
 */
export function analyse(fleet: Fleet, kinds: Kinds = registry): readonly Diagnostic[] {
  const environment = fleet.environment.name;
  return foldCrowds(dropShadowed(rules.flatMap((rule) => rule(fleet, kinds))))
    .map((finding) => ({ ...finding, environment }))
    .sort(compareDiagnostics);
}
