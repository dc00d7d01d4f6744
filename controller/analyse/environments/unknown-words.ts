import type { Diagnostic } from '../../model/diagnostic.ts';
import { findingOf } from '../../model/diagnostic-code.ts';
import { didYouMean } from '../../model/nearest.ts';
import type { FieldPath } from '../../model/resource.ts';
import type { Kinds, Rule } from '../rule.ts';
import { environmentCodes } from './environment-codes.ts';
import { type OwnEnvironment, ownEnvironment } from './own-environment.ts';

/** Kinds and environments that rules of the project name exist. */
export const unknownWords: Rule = (fleet, kinds) => {
  const own = ownEnvironment(fleet);
  return own === undefined ? [] : [...driftKinds(own, kinds), ...notified(own)];
};

function driftKinds({ find, spec }: OwnEnvironment, kinds: Kinds): readonly Diagnostic[] {
  const { overrides = [], ignore = [] } = spec.drift ?? {};
  const named: readonly { readonly kind: string; readonly at: FieldPath }[] = [
    ...overrides.flatMap(({ kinds: written = [] }, index) =>
      written.map((kind, place) => ({ kind, at: ['drift', 'overrides', index, 'kinds', place] })),
    ),
    ...ignore.map(({ kind }, index) => ({ kind, at: ['drift', 'ignore', index, 'kind'] })),
  ];
  const known: readonly string[] = [...kinds.keys()];
  return named
    .filter(({ kind }) => !known.includes(kind))
    .map(({ kind, at }) =>
      find(environmentCodes.driftKind, at, `there is no kind "${kind}"`, { hint: didYouMean(kind, known) }),
    );
}

/** The same in every environment, and shown once. */
function notified({ project, all }: OwnEnvironment): readonly Diagnostic[] {
  return (project.spec.notify ?? []).flatMap(({ environments = [] }, index) =>
    environments.flatMap((name, place) => {
      if (Object.hasOwn(all, name)) return [];
      return [
        findingOf(environmentCodes.notifyUnknown, {
          span: project.locate(['spec', 'notify', index, 'environments', place]),
          message: `there is no environment ${name}`,
          hint: didYouMean(name, Object.keys(all)),
        }),
      ];
    }),
  );
}
