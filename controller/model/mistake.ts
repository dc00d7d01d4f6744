import type { Mistake } from './diagnostic.ts';

const also = 'wanted here, too';

/** A definition that is not there, whoever names it: in a field, as a patch or in an expression. */
export function missingDefinition(kind: string, name: string, namespace?: string): Mistake {
  return { key: JSON.stringify(['definition', kind, name, namespace ?? '']), also };
}

/** A key that a declared secret does not have. */
export function missingSecretKey(secret: string, key: string): Mistake {
  return { key: JSON.stringify(['secret key', secret, key]), also };
}

/** A name that the environment does not set. */
export function missingVariable(name: string): Mistake {
  return { key: JSON.stringify(['variable', name]), also };
}

/** Something else that is not there, or nothing that is as it is wanted. */
export function missing(what: string, name: string): Mistake {
  return { key: JSON.stringify([what, name]), also };
}
