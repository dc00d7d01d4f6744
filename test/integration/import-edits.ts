/** One field of what an import wrote, as a person changes it. */
export interface ImportEdit {
  /** Below the environment's folder. */
  readonly file: string;
  readonly from: string | RegExp;
  readonly to: string;
  /** The one unit that then differs, and where. */
  readonly unit: string;
  readonly at: string;
}

const edit = (id: string, from: string | RegExp, to: string, at: string): ImportEdit => ({
  file: `jobs/default/${id}.nomad.hcl`,
  from,
  to,
  unit: `nomad-job:default/${id}`,
  at,
});

const group = 'TaskGroups[main]';
const task = `${group}.Tasks[main]`;

export const importEdits: readonly ImportEdit[] = [
  edit('gw-mesh', 'port "mesh_wan" {}', 'port "mesh_wan" { to = 9 }', 'TaskGroups[gw].Networks'),
  edit('expose-port', '"/health"', '"/well"', 'TaskGroups[api].Services[expose-port].Checks'),
  edit('sidecar-full', '= 6379', '= 6380', 'TaskGroups[api].Services[sidecar-full].Connect'),
  edit('sidecar-full', '"7s"', '"9s"', 'SidecarTask.KillTimeout'),
  edit('task-checks', 'name = "c3"', 'name = "c9"', 'Tasks[t].Services[t1].Checks'),
  edit('devices', 'count = 2', 'count = 3', 'Resources.Devices'),
  edit('svc-id', '"1h"', '"2h"', 'Identity.TTL'),
  edit('secrets', '"nomad/jobs/secrets"', '"nomad/jobs/other"', 'Secrets'),
  edit('placed', 'priority    = 70', 'priority = 71', 'Priority'),
  edit('placed', '["dc1", "dc2"]', '["dc1"]', 'Datacenters'),
  edit('placed', 'value     = "linux"', 'value = "freebsd"', 'Constraints'),
  edit('placed', 'weight    = 40', 'weight = 41', 'Affinities'),
  edit('placed', 'weight    = 60', 'weight = 61', 'Spreads'),
  edit('placed', 'percent = 70', 'percent = 60', 'Spreads'),
  edit('placed', 'spread { attribute = "${node.class}" }', '', `${group}.Spreads`),
  edit('updated', 'stagger          = "20s"', 'stagger = "21s"', `${group}.Update.Stagger`),
  edit('updated', 'canary           = 1', 'canary = 2', `${group}.Update.Canary`),
  edit('updated', 'auto_revert      = true', 'auto_revert = false', `${group}.Update.AutoRevert`),
  edit('updated', 'attempts = 4', 'attempts = 5', `${group}.RestartPolicy.Attempts`),
  edit('updated', 'mode     = "delay"', 'mode = "fail"', `${group}.RestartPolicy.Mode`),
  edit('updated', '"fibonacci"', '"constant"', `${group}.ReschedulePolicy.DelayFunction`),
  edit('updated', '"task_states"', '"checks"', `${group}.Migrate.HealthCheck`),
  edit('served', '["blue", "web"]', '["green", "web"]', `${group}.Services[served].Tags`),
  edit('served', 'team = "shop"', 'team = "x"', `${group}.Services[served].Meta.team`),
  edit('served', 'interval = "10s"', 'interval = "11s"', `${group}.Services[served].Checks`),
  edit('served', 'limit = 3', 'limit = 4', `${group}.Services[served].Checks`),
  edit('served', 'to = 8080', 'to = 8081', `${group}.Networks`),
  edit('served', 'static = 8099', 'static = 8098', `${group}.Networks`),
  edit('consul-served', '["canary"]', '["canaries"]', `${group}.Services[consul-served].CanaryTags`),
  edit('consul-served', '["drover"]', '["other"]', `${group}.Services[consul-served].Checks`),
  edit('meshed', '= 5432', '= 5433', `${group}.Services[meshed].Connect`),
  edit('templated', 'literal', 'other', `${task}.Templates`),
  edit('templated', 'perms       = "750"', 'perms = "700"', `${task}.Templates`),
  edit('vaulted', 'role        = "shop"', 'role = "other"', `${task}.Vault.Role`),
  edit('vaulted', 'ttl  = "1h"', 'ttl = "2h"', `${task}.Identities[extra].TTL`),
  edit('configured', 'LOG_LEVEL = "info"', 'LOG_LEVEL = "debug"', `${task}.Env.LOG_LEVEL`),
  edit('configured', 'owner        = "shop"', 'owner = "x"', 'Meta.owner'),
  edit('configured', 'tier = "web"', 'tier = "db"', `${group}.Meta.tier`),
  edit('configured', 'kill_timeout = "25s"', 'kill_timeout = "26s"', `${task}.KillTimeout`),
  edit('configured', '"SIGINT"', '"SIGTERM"', `${task}.KillSignal`),
  edit('configured', 'max_files     = 3', 'max_files = 4', `${task}.LogConfig.MaxFiles`),
  edit('configured', 'memory_max = 128', 'memory_max = 160', `${task}.Resources.MemoryMaxMB`),
  edit('configured', 'shutdown_delay = "4s"', 'shutdown_delay = "5s"', `${group}.ShutdownDelay`),
  edit('configured', '"1000"', '"1001"', `${task}.Config.args`),
  edit('cored', 'size = 150', 'size = 160', `${group}.EphemeralDisk.SizeMB`),
  edit('stored', 'read_only = false', 'read_only = true', `${group}.Volumes.data.ReadOnly`),
  edit('stored', 'destination = "/data"', 'destination = "/srv"', `${task}.VolumeMounts`),
  edit('stored', 'local/app', 'local/other', `${task}.Artifacts`),
  edit('staged', 'hook = "poststop"', 'hook = "poststart"', `${group}.Tasks[clean].Lifecycle.Hook`),
  edit('staged', '["now"]', '["later"]', `${task}.Actions`),
  edit('scaled', 'max     = 5', 'max = 6', `${group}.Scaling.Max`),
  edit('scaled', 'target = 70', 'target = 71', `${group}.Scaling.Policy`),
  edit('grouped', 'lost_after = "6h"', 'lost_after = "7h"', 'TaskGroups[web].Disconnect.LostAfter'),
  edit('grouped', '/runbook"', '/book"', 'UI.Links[runbook].URL'),
  edit('plain', 'count = 0', 'count = 1', `${group}.Count`),
  edit('plain', '"raw_exec"', '"exec"', `${task}.Driver`),
  edit('systemwide', 'max_parallel = 3', 'max_parallel = 4', `${group}.Update.MaxParallel`),
  edit('nightly', '15 14 * * *', '15 15 * * *', 'Periodic.Specs'),
  edit('nightly', 'prohibit_overlap = true', 'prohibit_overlap = false', 'Periodic.ProhibitOverlap'),
  edit('on-demand', '["trace"]', '["span"]', 'ParameterizedJob.MetaOptional'),
  edit('on-demand', '"required"', '"optional"', 'ParameterizedJob.Payload'),
  {
    file: 'jobs/default/typed.job.yaml',
    from: 'team: shop',
    to: 'team: x',
    unit: 'nomad-job:default/typed',
    at: 'Meta.team',
  },
  {
    file: 'jobs/default/from-api.job.yaml',
    from: 'Attempts: 7',
    to: 'Attempts: 8',
    unit: 'nomad-job:default/from-api',
    at: `${group}.RestartPolicy.Attempts`,
  },
  {
    file: 'nomad/namespaces.yaml',
    from: 'The shop',
    to: 'A shop',
    unit: 'nomad-namespace:shop',
    at: 'Description',
  },
  {
    file: 'nomad/node-pools.yaml',
    from: 'owner: lab',
    to: 'owner: x',
    unit: 'nomad-node-pool:gpu',
    at: 'Meta.owner',
  },
];
