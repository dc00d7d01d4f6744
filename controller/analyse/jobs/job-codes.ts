import type { CodeEntry } from '../../model/diagnostic-code.ts';

export const jobCodes = {
  undeclaredNamespace: {
    code: 'DRV0870',
    severity: 'warning',
    title: 'Namespace that nobody declares',
    why: 'The environment declares its namespaces, and this one is neither among them nor built in.',
    fix: 'declare the NomadNamespace, or correct its name',
  },
  undeclaredNodePool: {
    code: 'DRV0871',
    severity: 'warning',
    title: 'Node pool that nobody declares',
    why: 'The environment declares its node pools, and no server brings this one along.',
    fix: 'declare the NomadNodePool, or correct its name',
  },
} as const satisfies Record<string, CodeEntry>;
