import type { MachineConfig } from '../../kinds/server/machine-configs.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { FieldPath } from '../../model/resource.ts';
import { finding } from '../finding.ts';
import { kindCodes } from '../kind-codes.ts';

/** Whether a path is absolute, without `.`, `..`, double slashes, a slash at the end, or characters that nobody sees. */
export function isPlainPath(path: string): boolean {
  const parts = path.split('/').slice(1);
  return (
    path.startsWith('/') &&
    path.length <= 1024 &&
    !/[\p{Cc}\p{Cf}]/u.test(path) &&
    parts.every((part) => part !== '' && part !== '.' && part !== '..')
  );
}

/** A finding when a map's key is no plain absolute path. */
export function checkPath(resource: MachineConfig, at: FieldPath, path: string): readonly Diagnostic[] {
  if (isPlainPath(path)) return [];
  return [
    finding(resource, at, {
      entry: kindCodes.path,
      message: `"${path}" is no plain absolute path`,
      part: 'key',
    }),
  ];
}

/** A finding when a mode is not four octal digits. */
export function checkMode(
  resource: MachineConfig,
  at: FieldPath,
  mode: string | undefined,
): readonly Diagnostic[] {
  if (mode === undefined || /^[0-7]{4}$/.test(mode) || mode.includes('${{')) return [];
  return [
    finding(resource, [...at, 'mode'], { entry: kindCodes.mode, message: `"${mode}" is no file mode` }),
  ];
}
