import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Resource } from '../../model/resource.ts';
import { finding } from '../finding.ts';
import { kindCodes } from '../kind-codes.ts';
import { mentionsSecret } from '../mentions-secret.ts';
import { pathProblem } from '../vault-path.ts';
import { authPath, type VaultAuthSpec } from './schema.ts';

export function checkVaultAuth(resource: Resource<VaultAuthSpec>): readonly Diagnostic[] {
  const path = authPath(resource);
  const at = resource.spec.path === undefined ? ['metadata', 'name'] : ['spec', 'path'];
  // Drover itself and every operator log in through these.
  const isReserved = path === 'token';
  const message = pathProblem(path) ?? (isReserved ? 'the token method is Vault’s own' : undefined);
  const exposed = mentionsSecret(resource.spec.config)
    ? [
        finding(resource, ['spec', 'config'], {
          entry: kindCodes.secretExposed,
          message: 'the rendered tree shows the configuration in clear: it can’t hold a secret',
        }),
      ]
    : [];
  return [
    ...(message === undefined ? [] : [finding(resource, at, { entry: kindCodes.vaultPath, message })]),
    ...exposed,
  ];
}
