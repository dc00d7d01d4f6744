import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Resource } from '../../model/resource.ts';
import { clusterObjectCodes } from '../cluster-object-codes.ts';
import { finding } from '../finding.ts';
import type { Fleet } from '../kind.ts';
import { kindCodes } from '../kind-codes.ts';
import { mentionsSecret } from '../mentions-secret.ts';
import { durationMs } from '../quantity.ts';
import { roleMount } from './role-mount.ts';
import type { VaultDatabaseRoleSpec } from './schema.ts';

type Role = Resource<VaultDatabaseRoleSpec>;

export function checkVaultDatabaseRole(resource: Role, fleet: Fleet): readonly Diagnostic[] {
  return [
    ...checkMount(resource, fleet),
    ...checkTimes(resource),
    ...checkStatements(resource),
    ...(mentionsSecret(resource.spec)
      ? [
          finding(resource, ['spec'], {
            entry: kindCodes.secretExposed,
            message: 'a database role is readable in clear: it can’t hold a secret',
          }),
        ]
      : []),
  ];
}

function checkMount(resource: Role, fleet: Fleet): readonly Diagnostic[] {
  const { name, declared } = roleMount(resource, fleet);
  if (declared === undefined || declared.spec.type === 'database') return [];
  const message = `the mount ${name} is of type ${declared.spec.type}`;
  const related = [{ message: 'the mount', span: declared.locate(['spec', 'type']) }];
  return [
    finding(resource, ['spec', 'mount'], { entry: clusterObjectCodes.databaseMount, message, related }),
  ];
}

function checkTimes(resource: Role): readonly Diagnostic[] {
  const { defaultTTL, maxTTL } = resource.spec;
  const [ordinary, longest] = [defaultTTL, maxTTL].map((written) => durationMs(written));
  if (ordinary?.ok !== true || longest?.ok !== true) return [];
  // Zero is the mount's own limit.
  if (longest.value === 0 || ordinary.value <= longest.value) return [];
  const message = `credentials live ${defaultTTL} by default, and ${maxTTL} at most`;
  return [finding(resource, ['spec', 'defaultTTL'], { entry: clusterObjectCodes.databaseTimes, message })];
}

/** SQL alone: other engines are told in documents of their own. */
function checkStatements(resource: Role): readonly Diagnostic[] {
  const { creationStatements: statements } = resource.spec;
  const text = statements.join('\n');
  if (statements.length === 0 || text.trim() === '') {
    const message = 'there are no statements that make a user';
    return [
      finding(resource, ['spec', 'creationStatements'], {
        entry: clusterObjectCodes.databaseStatement,
        message,
      }),
    ];
  }
  const isSql = /\bcreate\s+(role|user|login)\b/i.test(text);
  if (!isSql || /\{\{\s*(name|username)\s*\}\}/.test(text)) return [];
  const message = 'the statements make a user without {{name}}';
  return [
    finding(resource, ['spec', 'creationStatements'], {
      entry: clusterObjectCodes.databaseStatement,
      message,
    }),
  ];
}
