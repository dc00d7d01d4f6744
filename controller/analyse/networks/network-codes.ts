import type { CodeEntry } from '../../model/diagnostic-code.ts';

export const networkCodes = {} as const satisfies Record<string, CodeEntry>;
