import type { CodeEntry } from '../../model/diagnostic-code.ts';

export const governanceCodes = {} as const satisfies Record<string, CodeEntry>;
