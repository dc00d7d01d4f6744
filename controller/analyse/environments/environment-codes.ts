import type { CodeEntry } from '../../model/diagnostic-code.ts';

export const environmentCodes = {} as const satisfies Record<string, CodeEntry>;
