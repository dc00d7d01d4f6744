import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Resource } from '../../model/resource.ts';
import { finding } from '../finding.ts';
import { kindCodes } from '../kind-codes.ts';
import type { ServerKeySpec } from './schema.ts';

export function checkServerKey(resource: Resource<ServerKeySpec>): readonly Diagnostic[] {
  if (isSealKey(resource.spec.seal)) return [];
  const message = 'seal is no X25519 public key';
  const hint = 'write x25519: and 32 bytes in base64, as `drover keys` prints it';
  return [finding(resource, ['spec', 'seal'], { entry: kindCodes.sealKey, message, hint })];
}

function isSealKey(text: string): boolean {
  const encoded = /^x25519:([A-Za-z0-9+/]{43}=)$/.exec(text)?.[1];
  return encoded !== undefined && Buffer.from(encoded, 'base64').toString('base64') === encoded;
}
