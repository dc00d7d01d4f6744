import type { Scope, SecretFacts, ServerFacts } from '../expression/scope.ts';
import type { Environment } from '../model/environment.ts';
import { isJsonObject } from '../model/json.ts';
import type { Laid } from './overlay.ts';

/** What the expressions of one environment may read. Names and keys come from the laid definitions. */
export function createScope(request: {
  readonly environment: Environment;
  readonly laid: readonly Laid[];
  readonly isBroken: (id: string) => boolean;
  readonly servers?: readonly ServerFacts[];
  readonly locals?: readonly string[];
  /** Expands the path of a VaultSecret, which may hold variables. */
  readonly expand: (text: string) => string;
}): Scope {
  const { environment, laid, isBroken, servers, locals, expand } = request;
  const secrets = namesOf(laid, 'VaultSecret');
  const auths = namesOf(laid, 'VaultAuth');
  return {
    environment: environment.name,
    vars: environment.vars,
    ...(locals === undefined ? {} : { locals }),
    ...(servers === undefined ? {} : { servers: () => servers }),
    secretNames: () => [...secrets.keys()],
    secret: (name) => {
      if (isBroken(`VaultSecret/${name}`)) return 'broken';
      const found = secrets.get(name);
      return found === undefined ? undefined : secretFacts(found, expand);
    },
    authNames: () => [...auths.keys()],
    hasAuth: (name) => auths.has(name) || isBroken(`VaultAuth/${name}`),
  };
}

function namesOf(laid: readonly Laid[], kind: string): ReadonlyMap<string, Laid> {
  return new Map(
    laid
      .filter(({ definition }) => definition.kind.name === kind)
      .map((found) => [found.metadata.name, found]),
  );
}

function secretFacts(secret: Laid, expand: (text: string) => string): SecretFacts | 'broken' {
  const { path, keys } = secret.spec;
  if (typeof path !== 'string' || !isJsonObject(keys)) return 'broken';
  return { path: expand(path), keys: Object.keys(keys) };
}
