import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Resource } from '../../model/resource.ts';
import { exactlyOne } from '../exactly-one.ts';
import { finding } from '../finding.ts';
import type { Fleet } from '../kind.ts';
import { kindCodes } from '../kind-codes.ts';
import { mentionsSecret } from '../mentions-secret.ts';
import { checkSourceFile } from '../source-file.ts';
import type { ConsulKeySpec } from './schema.ts';

export function checkConsulKey(resource: Resource<ConsulKeySpec>, fleet: Fleet): readonly Diagnostic[] {
  const { spec } = resource;
  return [
    ...checkKey(resource),
    ...exactlyOne(resource, ['spec'], spec, ['value', 'file', 'template']),
    ...checkSourceFile(resource, fleet, { file: spec.file, at: ['spec', 'file'], isText: false }),
    ...checkSourceFile(resource, fleet, { file: spec.template, at: ['spec', 'template'], isText: true }),
    ...(mentionsSecret(spec.value)
      ? [
          finding(resource, ['spec', 'value'], {
            entry: kindCodes.secretExposed,
            message: 'a Consul key is readable in clear: it can’t hold a secret',
            hint: 'let the program read the secret from Vault',
          }),
        ]
      : []),
  ];
}

function checkKey(resource: Resource<ConsulKeySpec>): readonly Diagnostic[] {
  const message = keyProblem(resource.spec.key);
  return message === undefined
    ? []
    : [finding(resource, ['spec', 'key'], { entry: kindCodes.consulKey, message })];
}

function keyProblem(key: string): string | undefined {
  if (!/^[A-Za-z0-9._/-]+$/.test(key))
    return `the key "${key}" has characters outside letters, digits and ._-/`;
  if (key.startsWith('/') || key.endsWith('/')) return `the key "${key}" begins or ends with a slash`;
  const parts = key.split('/');
  // Consul answers `//` with a redirect, and refuses dots alone in newer versions.
  if (parts.some((part) => part === '' || part === '.' || part === '..')) {
    return `the key "${key}" has an empty part or one that is only dots`;
  }
  if (parts[0] === 'drover') return 'keys below drover/ are Drover’s own';
  return key.length > 512 ? 'the key is longer than 512 characters' : undefined;
}
