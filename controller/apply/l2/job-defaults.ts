import type { Json, JsonObject } from '../../model/json.ts';
import { isJsonObject } from '../../model/json.ts';

/** What Nomad fills in for a field that a job leaves out. Durations in nanoseconds, as the API has them. */
const second = 1_000_000_000;
const minute = 60 * second;
const hour = 60 * minute;

export type JobType = 'service' | 'batch' | 'system' | 'sysbatch';

export const jobDefaults = {
  Type: 'service',
  Priority: 50,
  AllAtOnce: false,
  Datacenters: ['*'],
  NodePool: 'default',
} as const;

export const periodicDefaults = {
  Enabled: true,
  SpecType: 'cron',
  ProhibitOverlap: false,
  TimeZone: 'UTC',
} as const;

export const parameterizedDefaults = { Payload: 'optional' } as const;

export const updateDefaults = {
  Stagger: 30 * second,
  MaxParallel: 1,
  HealthCheck: 'checks',
  MinHealthyTime: 10 * second,
  HealthyDeadline: 5 * minute,
  ProgressDeadline: 10 * minute,
  AutoRevert: false,
  AutoPromote: false,
  Canary: 0,
} as const;

export const migrateDefaults = {
  MaxParallel: 1,
  HealthCheck: 'checks',
  MinHealthyTime: 10 * second,
  HealthyDeadline: 5 * minute,
} as const;

const longRunningRestart = {
  Attempts: 2,
  Delay: 15 * second,
  Interval: 30 * minute,
  Mode: 'fail',
  RenderTemplates: false,
};
const batchRestart = { ...longRunningRestart, Attempts: 3, Interval: 24 * hour };

export function restartDefaults(type: JobType): JsonObject {
  return type === 'service' || type === 'system' ? longRunningRestart : batchRestart;
}

const reschedule: Readonly<Record<'service' | 'batch', JsonObject>> = {
  service: {
    Delay: 30 * second,
    DelayFunction: 'exponential',
    MaxDelay: hour,
    Unlimited: true,
    Attempts: 0,
    Interval: 0,
  },
  batch: {
    Delay: 5 * second,
    DelayFunction: 'constant',
    MaxDelay: 0,
    Unlimited: false,
    Attempts: 1,
    Interval: 24 * hour,
  },
};

/** `undefined` for system jobs, which Nomad does not reschedule. */
export function rescheduleDefaults(type: JobType): JsonObject | undefined {
  return type === 'service' || type === 'batch' ? reschedule[type] : undefined;
}

export const diskDefaults = { Sticky: false, Migrate: false, SizeMB: 300 } as const;
export const disconnectDefaults = { Replace: true, Reconcile: 'best_score', LostAfter: 0 } as const;
export const scalingDefaults = { Enabled: true, Type: 'horizontal' } as const;
export const taskDefaults = { KillTimeout: 5 * second } as const;
export const logDefaults = { MaxFiles: 10, MaxFileSizeMB: 10, Disabled: false } as const;
export const weightDefaults = { Weight: 50 } as const;
export const constraintDefaults = { Operand: '=' } as const;
export const mountDefaults = { PropagationMode: 'private', ReadOnly: false } as const;
export const networkDefaults = { Mode: 'host' } as const;
export const portDefaults = { HostNetwork: 'default' } as const;
export const checkRestartDefaults = { Grace: second } as const;
export const pluginDefaults = {
  MountDir: '/csi',
  StagePublishBaseDir: '/local/csi',
  HealthTimeout: 30 * second,
} as const;
export const gatewayProxyDefaults = { ConnectTimeout: 5 * second } as const;
export const consulDefaults = { Cluster: 'default' } as const;
export const artifactDefaults = { GetterMode: 'any', GetterInsecure: false, RelativeDest: 'local/' } as const;
export const scriptDefaults = { Timeout: 5 * second, FailOnError: false } as const;
export const identityDefaults = { Name: 'default', Audience: ['nomadproject.io'] } as const;

export const serviceDefaults = {
  AddressMode: 'auto',
  OnUpdate: 'require_healthy',
  Provider: 'consul',
  Cluster: 'default',
} as const;

export const templateDefaults = {
  ChangeMode: 'restart',
  Splay: 5 * second,
  Perms: '0644',
  LeftDelim: '{{',
  RightDelim: '}}',
} as const;

export const vaultDefaults = {
  Env: true,
  Cluster: 'default',
  ChangeMode: 'restart',
  ChangeSignal: 'SIGHUP',
} as const;

/** `value` over `defaults`; an unset field of the API's JSON is absent or null, and in some structures empty. */
export function fill(value: Json | undefined, defaults: JsonObject): JsonObject {
  const set = isJsonObject(value) ? value : {};
  const given = Object.entries(set).filter(
    ([name, field]) => field !== null && !(field === '' && name in defaults),
  );
  return { ...defaults, ...Object.fromEntries(given) };
}
