import { block, consul, duration, free, identity, restart, rule, value, type Words } from './hcl-words.ts';
import { service } from './service-words.ts';

const resources = block('resources', {
  CPU: value('cpu'),
  Cores: value('cores'),
  MemoryMB: value('memory'),
  MemoryMaxMB: value('memory_max'),
  DiskMB: value('disk'),
  SecretsMB: value('secrets'),
  NUMA: block('numa', { Affinity: value('affinity'), Devices: value('devices') }),
  Devices: block(
    'device',
    { Count: value('count'), Constraints: rule.constraint, Affinities: rule.affinity },
    'Name',
  ),
});

const template = block('template', {
  SourcePath: value('source'),
  EmbeddedTmpl: value('data'),
  DestPath: value('destination'),
  LeftDelim: value('left_delimiter'),
  RightDelim: value('right_delimiter'),
  Envvars: value('env'),
  Perms: value('perms'),
  Uid: value('uid'),
  Gid: value('gid'),
  Once: value('once'),
  ChangeMode: value('change_mode'),
  ChangeSignal: value('change_signal'),
  Splay: duration('splay'),
  VaultGrace: duration('vault_grace'),
  ErrMissingKey: value('error_on_missing_key'),
  ChangeScript: block('change_script', {
    Command: value('command'),
    Args: value('args'),
    Timeout: duration('timeout'),
    FailOnError: value('fail_on_error'),
  }),
  Wait: block('wait', { Min: duration('min'), Max: duration('max') }),
});

const artifact = block('artifact', {
  GetterSource: value('source'),
  RelativeDest: value('destination'),
  GetterMode: value('mode'),
  GetterInsecure: value('insecure'),
  Chown: value('chown'),
  GetterOptions: free('options'),
  GetterHeaders: free('headers'),
});

const vault = block('vault', {
  Role: value('role'),
  Policies: value('policies'),
  Namespace: value('namespace'),
  Cluster: value('cluster'),
  Env: value('env'),
  DisableFile: value('disable_file'),
  ChangeMode: value('change_mode'),
  ChangeSignal: value('change_signal'),
  AllowTokenExpiration: value('allow_token_expiration'),
});

export const taskWords: Words = {
  Driver: value('driver'),
  User: value('user'),
  Leader: value('leader'),
  KillSignal: value('kill_signal'),
  KillTimeout: duration('kill_timeout'),
  ShutdownDelay: duration('shutdown_delay'),
  Kind: value('kind'),
  Lifecycle: block('lifecycle', { Hook: value('hook'), Sidecar: value('sidecar') }),
  Config: free('config'),
  Env: free('env'),
  Meta: free('meta'),
  Resources: resources,
  Constraints: rule.constraint,
  Affinities: rule.affinity,
  RestartPolicy: restart,
  Vault: vault,
  Consul: consul,
  Identity: identity,
  Identities: identity,
  Artifacts: artifact,
  Templates: template,
  VolumeMounts: block('volume_mount', {
    Volume: value('volume'),
    Destination: value('destination'),
    ReadOnly: value('read_only'),
    PropagationMode: value('propagation_mode'),
    SELinuxLabel: value('selinux_label'),
  }),
  Services: service,
  DispatchPayload: block('dispatch_payload', { File: value('file') }),
  LogConfig: block('logs', {
    MaxFiles: value('max_files'),
    MaxFileSizeMB: value('max_file_size'),
    Disabled: value('disabled'),
  }),
  CSIPluginConfig: block('csi_plugin', {
    ID: value('id'),
    Type: value('type'),
    MountDir: value('mount_dir'),
    StagePublishBaseDir: value('stage_publish_base_dir'),
    HealthTimeout: duration('health_timeout'),
  }),
  Actions: block('action', { Command: value('command'), Args: value('args') }, 'Name'),
};
