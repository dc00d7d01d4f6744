import type { JsonObject } from '../../../model/json.ts';
import { createObjectTarget } from '../object-target.ts';
import { plainText } from '../plain-text.ts';
import { requirePort } from '../require-port.ts';
import type { TargetContext } from '../target.ts';

const accessorPlaceholder = /\$\{\{\s*accessor\(\s*(['"])([^'"]+)\1\s*\)\s*\}\}/g;

/** An ACL policy. `${{ accessor('jwt-nomad') }}` becomes the name that Vault itself gave to that auth mount. */
export const vaultPolicy = createObjectTarget({
  kind: 'vault-policy',
  rank: 1,
  objects: ({ ports }) => requirePort(ports.policies, 'Vault'),
  resolve,
  differences: (spec, live) => (plainText(spec['policy']) === plainText(live['policy']) ? [] : ['policy']),
  keeps: (key) => (key === 'root' || key === 'default' ? 'Vault needs it' : undefined),
});

async function resolve(
  document: JsonObject,
  context: TargetContext,
  signal: AbortSignal,
): Promise<JsonObject | { readonly waitsFor: string }> {
  let policy = typeof document['policy'] === 'string' ? document['policy'] : '';
  for (const [placeholder, , mount = ''] of policy.matchAll(accessorPlaceholder)) {
    const auth = await requirePort(context.ports.auths, 'Vault').read(mount, signal);
    // The auth method comes in a later wave: this policy is written once it is there, and holds up nothing.
    if (auth?.accessor === undefined)
      return { waitsFor: `the auth method ${mount}, whose accessor it names` };
    policy = policy.replace(placeholder, auth.accessor);
  }
  return { name: document['name'] ?? '', policy };
}
