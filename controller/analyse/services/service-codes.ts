import type { CodeEntry } from '../../model/diagnostic-code.ts';

export const serviceCodes = {} as const satisfies Record<string, CodeEntry>;
