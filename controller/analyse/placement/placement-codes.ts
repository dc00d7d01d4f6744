import type { CodeEntry } from '../../model/diagnostic-code.ts';

export const placementCodes = {} as const satisfies Record<string, CodeEntry>;
