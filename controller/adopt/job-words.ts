import { block, consul, duration, free, implied, restart, rule, value, type Words } from './hcl-words.ts';
import { service } from './service-words.ts';
import { taskWords } from './task-words.ts';

const update = block('update', {
  MaxParallel: value('max_parallel'),
  Canary: value('canary'),
  AutoPromote: value('auto_promote'),
  AutoRevert: value('auto_revert'),
  HealthCheck: value('health_check'),
  MinHealthyTime: duration('min_healthy_time'),
  HealthyDeadline: duration('healthy_deadline'),
  ProgressDeadline: duration('progress_deadline'),
  Stagger: duration('stagger'),
});

const migrate = block('migrate', {
  MaxParallel: value('max_parallel'),
  HealthCheck: value('health_check'),
  MinHealthyTime: duration('min_healthy_time'),
  HealthyDeadline: duration('healthy_deadline'),
});

const reschedule = block('reschedule', {
  Attempts: value('attempts'),
  Interval: duration('interval'),
  Delay: duration('delay'),
  DelayFunction: value('delay_function'),
  MaxDelay: duration('max_delay'),
  Unlimited: value('unlimited'),
});

const port = block(
  'port',
  {
    Value: value('static'),
    To: value('to'),
    HostNetwork: value('host_network'),
    IgnoreCollision: value('ignore_collision'),
  },
  'Label',
);

const network = block('network', {
  Mode: value('mode'),
  Hostname: value('hostname'),
  MBits: value('mbits'),
  DNS: block('dns', { Servers: value('servers'), Searches: value('searches'), Options: value('options') }),
  CNI: block('cni', { Args: value('args') }),
  ReservedPorts: port,
  DynamicPorts: port,
});

const volume = block(
  'volume',
  {
    Type: value('type'),
    Source: value('source'),
    ReadOnly: value('read_only'),
    Sticky: value('sticky'),
    AccessMode: value('access_mode'),
    AttachmentMode: value('attachment_mode'),
    PerAlloc: value('per_alloc'),
    MountOptions: block('mount_options', { FSType: value('fs_type'), MountFlags: value('mount_flags') }),
  },
  'Name',
);

const groupWords: Words = {
  Count: value('count'),
  ShutdownDelay: duration('shutdown_delay'),
  StopAfterClientDisconnect: duration('stop_after_client_disconnect'),
  MaxClientDisconnect: duration('max_client_disconnect'),
  PreventRescheduleOnLost: value('prevent_reschedule_on_lost'),
  Constraints: rule.constraint,
  Affinities: rule.affinity,
  Spreads: rule.spread,
  Meta: free('meta'),
  Update: update,
  Migrate: migrate,
  RestartPolicy: restart,
  ReschedulePolicy: reschedule,
  Disconnect: block('disconnect', {
    LostAfter: duration('lost_after'),
    StopOnClientAfter: duration('stop_on_client_after'),
    Replace: value('replace'),
    Reconcile: value('reconcile'),
  }),
  Scaling: block('scaling', {
    Enabled: value('enabled'),
    Type: value('type'),
    Min: value('min'),
    Max: value('max'),
    Policy: free('policy'),
  }),
  EphemeralDisk: block('ephemeral_disk', {
    SizeMB: value('size'),
    Sticky: value('sticky'),
    Migrate: value('migrate'),
  }),
  Consul: consul,
  Networks: network,
  Volumes: volume,
  Services: service,
  Tasks: block('task', taskWords, 'Name'),
};

/** A job’s fields; its id is the label of its block. */
export const jobWords: Words = {
  ID: implied,
  Name: value('name'),
  Namespace: value('namespace'),
  Region: value('region'),
  Type: value('type'),
  Priority: value('priority'),
  AllAtOnce: value('all_at_once'),
  Datacenters: value('datacenters'),
  NodePool: value('node_pool'),
  UI: block('ui', {
    Description: value('description'),
    Links: block('link', { Label: value('label'), URL: value('url'), Url: value('url') }),
  }),
  Meta: free('meta'),
  Periodic: block('periodic', {
    Enabled: value('enabled'),
    // There is no other.
    SpecType: implied,
    Spec: value('cron'),
    Specs: value('crons'),
    TimeZone: value('time_zone'),
    ProhibitOverlap: value('prohibit_overlap'),
  }),
  ParameterizedJob: block('parameterized', {
    Payload: value('payload'),
    MetaRequired: value('meta_required'),
    MetaOptional: value('meta_optional'),
  }),
  Constraints: rule.constraint,
  Affinities: rule.affinity,
  Spreads: rule.spread,
  Update: update,
  Migrate: migrate,
  Reschedule: reschedule,
  TaskGroups: block('group', groupWords, 'Name'),
};
