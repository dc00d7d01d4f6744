import type { CodeEntry } from '../../model/diagnostic-code.ts';

export const machineCodes = {} as const satisfies Record<string, CodeEntry>;
