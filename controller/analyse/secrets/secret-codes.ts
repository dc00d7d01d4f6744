import type { CodeEntry } from '../../model/diagnostic-code.ts';

export const secretCodes = {} as const satisfies Record<string, CodeEntry>;
