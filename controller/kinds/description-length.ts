import type { Diagnostic } from '../model/diagnostic.ts';
import type { FieldPath, Resource } from '../model/resource.ts';
import { finding } from './finding.ts';
import { kindCodes } from './kind-codes.ts';

const maxBytes = 256;

/** Nomad counts the bytes of a description, not its letters. */
export function descriptionLength<S>(
  resource: Resource<S>,
  at: FieldPath,
  written: string | undefined,
): readonly Diagnostic[] {
  const bytes = new TextEncoder().encode(written ?? '').length;
  if (bytes <= maxBytes) return [];
  const message = `the description has ${bytes} bytes, Nomad takes ${maxBytes}`;
  return [finding(resource, at, { entry: kindCodes.value, message, hint: 'make it shorter' })];
}
