import type { Resource } from '../../model/resource.ts';
import { escapeSegment, type Unit } from '../../model/tree.ts';
import { unitOptions } from '../annotations.ts';
import { jsonUnit } from '../json-unit.ts';
import type { Fleet } from '../kind.ts';
import { durationMs, quantityOr } from '../quantity.ts';
import { renderedPath } from '../vault-path.ts';
import { roleMount } from './role-mount.ts';
import type { VaultDatabaseRoleSpec } from './schema.ts';

export function renderVaultDatabaseRole(
  resource: Resource<VaultDatabaseRoleSpec>,
  fleet: Fleet,
): readonly Unit[] {
  const { path } = roleMount(resource, fleet);
  const { name } = resource.metadata;
  return [
    jsonUnit(resource, {
      kind: 'vault-database-role',
      key: `${path}/${name}`,
      wave: 35,
      path: `vault/database-roles/${renderedPath(path)}/${escapeSegment(name)}.json`,
      document: { mount: path, name, config: roleConfig(resource.spec) },
      options: unitOptions(resource),
    }),
  ];
}

const credentialTypes = {
  Password: 'password',
  RSAPrivateKey: 'rsa_private_key',
  ClientCertificate: 'client_certificate',
} as const;

/** The fields as Vault’s API reads them back, times in seconds. All are written: what is left out is taken away. */
function roleConfig(spec: VaultDatabaseRoleSpec): object {
  return {
    db_name: spec.connection,
    creation_statements: spec.creationStatements,
    revocation_statements: spec.revocationStatements ?? [],
    rollback_statements: spec.rollbackStatements ?? [],
    renew_statements: spec.renewStatements ?? [],
    default_ttl: seconds(spec.defaultTTL),
    max_ttl: seconds(spec.maxTTL),
    credential_type: credentialTypes[spec.credentialType ?? 'Password'],
    ...(spec.credentialConfig === undefined ? {} : { credential_config: spec.credentialConfig }),
  };
}

function seconds(written: string | undefined): number {
  return Math.round(quantityOr(durationMs, written, 0) / 1000);
}
