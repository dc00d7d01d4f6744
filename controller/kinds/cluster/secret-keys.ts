import type { SecretKey } from './cluster-fields.ts';

/** The expression that stands for a key of a secret until the payload is sealed. */
export function secretText({ secret, key }: SecretKey): string {
  return `\${{ secret(${JSON.stringify(secret)}, ${JSON.stringify(key)}) }}`;
}
