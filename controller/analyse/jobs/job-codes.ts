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
  stuckCanaries: {
    code: 'DRV0872',
    severity: 'warning',
    title: 'Canaries that nobody promotes',
    why: 'Without promotion and without a deadline a deployment waits for a person for ever.',
    fix: 'write auto_promote = true, or a progress_deadline',
  },
  updateToZero: {
    code: 'DRV0873',
    severity: 'warning',
    title: 'Update that takes a service to zero',
    why: 'While all allocations are replaced at once nobody serves.',
    fix: 'replace fewer at once, or use canaries',
  },
  updateTimes: {
    code: 'DRV0874',
    severity: 'error',
    title: 'Times of an update that contradict each other',
    why: 'Nomad refuses a job whose health can’t be reached before its deadline.',
    fix: 'raise the longer time, or lower the shorter',
  },
  revertUnseen: {
    code: 'DRV0875',
    severity: 'error',
    title: 'Health by checks that are not there',
    why: 'With health_check = "checks" only checks of services make an allocation healthy.',
    fix: 'give a service a check, or write health_check = "task_states"',
  },
  batchLimits: {
    code: 'DRV0876',
    severity: 'warning',
    title: 'Batch job without an end',
    why: 'A run that can’t succeed takes its place for ever, and nobody is told.',
    fix: 'write unlimited = false and a number of attempts',
  },
  withoutMeaning: {
    code: 'DRV0877',
    severity: 'warning',
    title: 'Block without a meaning for the type of job',
    why: 'Nomad refuses it or passes over it, so what was meant does not happen.',
    fix: 'take it out, or change the type of the job',
  },
} as const satisfies Record<string, CodeEntry>;
