import { durationMs, quantityOr } from '../../kinds/quantity.ts';
import type { Rule } from '../rule.ts';
import { environmentCodes } from './environment-codes.ts';
import { type OwnEnvironment, ownEnvironment } from './own-environment.ts';

/** Rules of an environment that have no effect as they stand. */
export const withoutEffect: Rule = (fleet) => {
  const own = ownEnvironment(fleet);
  if (own === undefined) return [];
  const { find, spec } = own;
  const waits = (spec.after ?? []).length > 0;
  const soak =
    !waits && quantityOr(durationMs, spec.soak, 0) > 0
      ? [find(environmentCodes.soakAlone, ['soak'], `${own.name} soaks after no environment`)]
      : [];
  const confirmers =
    spec.guard?.confirmers?.length === 0
      ? [find(environmentCodes.confirmers, ['guard', 'confirmers'], 'the list of confirmers names nobody')]
      : [];
  return [...soak, ...confirmers, ...skipped(own)];
};

function skipped({ find, spec, name }: OwnEnvironment) {
  const gates = {
    after: (spec.after ?? []).length > 0,
    soak: spec.soak !== undefined,
    windows: (spec.windows ?? []).length > 0,
  };
  return (spec.hotfix?.skip ?? []).flatMap((word, index) =>
    gates[word]
      ? []
      : [
          find(
            environmentCodes.hotfixSkip,
            ['hotfix', 'skip', index],
            `${name} has no ${word} that a hotfix could skip`,
          ),
        ],
  );
}
