import type { CodeEntry } from '../../model/diagnostic-code.ts';

export const jobCodes = {} as const satisfies Record<string, CodeEntry>;
