import type { CodeEntry } from '../../model/diagnostic-code.ts';

export const volumeCodes = {} as const satisfies Record<string, CodeEntry>;
