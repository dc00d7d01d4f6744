import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Resource } from '../../model/resource.ts';
import { finding } from '../finding.ts';
import { kindCodes } from '../kind-codes.ts';
import type { NomadNamespaceSpec } from './schema.ts';

export function checkNomadNamespace(resource: Resource<NomadNamespaceSpec>): readonly Diagnostic[] {
  const { name } = resource.metadata;
  const bad = !/^[A-Za-z0-9-]{1,128}$/.test(name)
    ? [
        finding(resource, ['metadata', 'name'], {
          entry: kindCodes.name,
          message: `Nomad refuses a namespace named "${name}"`,
          hint: 'use letters, digits and dashes, 128 at most',
        }),
      ]
    : [];
  const isTooLong = (resource.spec.description ?? '').length > 256;
  const long = isTooLong
    ? [
        finding(resource, ['spec', 'description'], {
          entry: kindCodes.value,
          message: 'Nomad takes descriptions of at most 256 characters',
        }),
      ]
    : [];
  return [...bad, ...long];
}
