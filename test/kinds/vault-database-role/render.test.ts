import test from 'ava';
import { vaultDatabaseRole } from '../../../controller/kinds/vault-database-role/index.ts';
import type { VaultDatabaseRoleSpec } from '../../../controller/kinds/vault-database-role/schema.ts';
import { findingsOf } from '../../fakes/findings.ts';
import { fakeFleet, fakeResource } from '../../fakes/fleet.ts';

const spec: VaultDatabaseRoleSpec = {
  mount: 'shop',
  connection: 'postgres',
  creationStatements: ['CREATE ROLE "{{name}}"'],
  defaultTTL: '1h',
};
const mount = { kind: 'VaultMount' as const, name: 'shop', spec: { type: 'database', path: 'shop/db' } };

test('the role lies below the path of its mount, with times in seconds and nothing left to chance', (t) => {
  const resource = fakeResource<VaultDatabaseRoleSpec>({ kind: 'VaultDatabaseRole', name: 'read', spec });
  const [unit] = vaultDatabaseRole.render?.(resource, fakeFleet({ resources: [mount] }))?.units ?? [];
  t.is(unit?.key, 'shop/db/read');
  t.is(unit?.wave, 35);
  const document: unknown = JSON.parse(new TextDecoder().decode(unit?.files.get(unit.path)));
  t.deepEqual(document, {
    mount: 'shop/db',
    name: 'read',
    config: {
      db_name: 'postgres',
      creation_statements: ['CREATE ROLE "{{name}}"'],
      revocation_statements: [],
      rollback_statements: [],
      renew_statements: [],
      default_ttl: 3600,
      max_ttl: 0,
      credential_type: 'password',
    },
  });
});

test('statements of other engines than SQL are not judged', (t) => {
  const found = (statement: string) =>
    findingsOf(
      { kind: 'VaultDatabaseRole', name: 'read', spec: { ...spec, creationStatements: [statement] } },
      { resources: [mount] },
    ).join();
  t.is(found('{"db": "admin", "roles": [{"role": "read"}]}'), '');
  t.regex(found('create user shop'), /^DRV0676/);
  t.regex(found(' '), /^DRV0676/);
});
