import type { CodeEntry } from '../../model/diagnostic-code.ts';

export const quorumCodes = {} as const satisfies Record<string, CodeEntry>;
