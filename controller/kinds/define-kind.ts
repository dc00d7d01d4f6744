import { checkAnnotations } from './check-annotations.ts';
import { checkQuantities } from './check-quantities.ts';
import type { Kind } from './kind.ts';

/** A kind whose check also covers what all kinds share: annotations and quantities. */
export function defineKind<S>(kind: Kind<S>): Kind<S> {
  return {
    ...kind,
    check: (resource, fleet) => [
      ...checkAnnotations(resource),
      ...checkQuantities(kind.schema, resource),
      ...(kind.check?.(resource, fleet) ?? []),
    ],
  };
}
