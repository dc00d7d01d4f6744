import type { CodeEntry } from '../../model/diagnostic-code.ts';

export const portCodes = {} as const satisfies Record<string, CodeEntry>;
