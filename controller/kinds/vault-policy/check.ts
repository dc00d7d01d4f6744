import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Resource } from '../../model/resource.ts';
import { exactlyOne } from '../exactly-one.ts';
import { finding } from '../finding.ts';
import type { Fleet } from '../kind.ts';
import { kindCodes } from '../kind-codes.ts';
import { checkPolicyText } from './check-text.ts';
import type { VaultPolicySpec } from './schema.ts';

export function checkVaultPolicy(resource: Resource<VaultPolicySpec>, fleet: Fleet): readonly Diagnostic[] {
  const name = resource.metadata.name.toLowerCase();
  const problem =
    name === 'root' || name === 'default'
      ? `the policy ${name} is Vault’s own`
      : /^[a-z0-9._-]+$/.test(name)
        ? undefined
        : `a policy can’t be named "${name}"`;
  return [
    ...(problem === undefined
      ? []
      : [finding(resource, ['metadata', 'name'], { entry: kindCodes.name, message: problem })]),
    ...checkPolicyText(resource, fleet),
    ...exactlyOne(resource, ['spec'], resource.spec, ['hcl', 'rules']),
    ...(resource.spec.rules ?? []).flatMap(({ path }, index) => {
      if (path !== '' && !/\p{Cc}/u.test(path)) return [];
      const message = `a rule can't be about the path "${path}"`;
      return [finding(resource, ['spec', 'rules', index, 'path'], { entry: kindCodes.vaultPath, message })];
    }),
  ];
}
