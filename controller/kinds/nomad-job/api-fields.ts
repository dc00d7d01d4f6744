/**
 * The fields of a job in the API of Nomad 1.11, a line each kind of object: `:n` is a number, `:t` a text, `:b` true or false,
 * `:Name` an object of that kind, `:[Name` a list of them, `:{Name` a map. What has no mark is not looked into.
 */
const lines: Readonly<Record<string, string>> = {
  Job: `Region:t Namespace:t ID:t Name:t Type:t Priority:n AllAtOnce:b Datacenters NodePool:t Constraints:[Constraint
    Affinities:[Affinity TaskGroups:[Group Update:Update Multiregion:Multiregion Spreads:[Spread Periodic:Periodic
    ParameterizedJob:Parameterized Reschedule:Reschedule Migrate:Migrate Meta UI:UI Stop:b ParentID:t Dispatched:b
    DispatchIdempotencyToken Payload ConsulNamespace VaultNamespace ConsulToken VaultToken NomadTokenID Status
    StatusDescription Stable Version SubmitTime CreateIndex ModifyIndex JobModifyIndex VersionTag`,
  Constraint: 'LTarget:t RTarget:t Operand:t',
  Affinity: 'LTarget:t RTarget:t Operand:t Weight:n',
  Spread: 'Attribute:t Weight:n SpreadTarget:[SpreadTarget',
  SpreadTarget: 'Value:t Percent:n',
  Update: `Stagger MaxParallel:n HealthCheck:t MinHealthyTime HealthyDeadline ProgressDeadline Canary:n AutoRevert:b
    AutoPromote:b`,
  Multiregion: 'Strategy Regions',
  Periodic: 'Enabled:b Spec:t Specs SpecType:t ProhibitOverlap:b TimeZone:t',
  Parameterized: 'Payload:t MetaRequired MetaOptional',
  Reschedule: 'Attempts:n Interval Delay DelayFunction:t MaxDelay Unlimited:b',
  Migrate: 'MaxParallel:n HealthCheck:t MinHealthyTime HealthyDeadline',
  UI: 'Description:t Links',
  Group: `Name:t Count:n Constraints:[Constraint Affinities:[Affinity Tasks:[Task Spreads:[Spread Volumes:{Volume
    RestartPolicy:Restart Disconnect:Disconnect ReschedulePolicy:Reschedule EphemeralDisk:Disk Update:Update Migrate:Migrate
    Networks:[Network Meta Services:[Service ShutdownDelay StopAfterClientDisconnect MaxClientDisconnect Scaling:Scaling
    Consul:Consul PreventRescheduleOnLost:b`,
  Volume: `Name:t Type:t Source:t ReadOnly:b Sticky:b AccessMode:t AttachmentMode:t MountOptions PerAlloc:b`,
  Restart: 'Interval Attempts:n Delay Mode:t RenderTemplates:b',
  Disconnect: 'LostAfter StopOnClientAfter Replace:b Reconcile:t',
  Disk: 'Sticky:b Migrate:b SizeMB:n',
  Network: 'Mode:t Device:t CIDR:t IP:t DNS ReservedPorts:[Port DynamicPorts:[Port Hostname:t MBits:n CNI',
  Port: 'Label:t Value:n To:n HostNetwork:t IgnoreCollision:b',
  Scaling: 'Min:n Max:n Policy Enabled:b Type:t ID Namespace Target CreateIndex ModifyIndex Error',
  Consul: 'Namespace:t Cluster:t Partition:t',
  Service: `Name:t Tags CanaryTags EnableTagOverride:b PortLabel:t AddressMode:t Address:t Checks:[Check CheckRestart:CheckRestart
    Connect:Connect Meta CanaryMeta TaggedAddresses TaskName:t OnUpdate:t Identity:Identity Weights Provider:t Cluster:t Kind:t
    Namespace:t`,
  Check: `Name:t Type:t Command:t Args Path:t Protocol:t PortLabel:t Expose:b AddressMode:t Advertise:t Interval Timeout
    InitialStatus:t Notes:t TLSServerName:t TLSSkipVerify:b Header Method:t CheckRestart:CheckRestart GRPCService:t GRPCUseTLS:b
    TaskName:t SuccessBeforePassing:n FailuresBeforeCritical:n FailuresBeforeWarning:n Body:t OnUpdate:t`,
  CheckRestart: 'Limit:n Grace IgnoreWarnings:b',
  Connect: 'Native:b Gateway SidecarService SidecarTask',
  Identity: 'Name:t Audience ChangeMode:t ChangeSignal:t Env:b File:b Filepath:t ServiceName:t TTL',
  Task: `Name:t Driver:t User:t Lifecycle:Lifecycle Config Constraints:[Constraint Affinities:[Affinity Env Services:[Service
    Resources:Resources RestartPolicy:Restart Meta KillTimeout LogConfig:Logs Artifacts:[Artifact Vault:Vault Consul:Consul
    Templates:[Template DispatchPayload VolumeMounts:[VolumeMount CSIPluginConfig Leader:b ShutdownDelay KillSignal:t Kind:t
    ScalingPolicies Secrets Identity:Identity Identities:[Identity Actions Schedule UsesConnect`,
  Lifecycle: 'Hook:t Sidecar:b',
  Resources: `CPU:n Cores:n MemoryMB:n MemoryMaxMB:n DiskMB:n Networks:[Network Devices:[Device NUMA SecretsMB:n IOPS:n`,
  Device: 'Name:t Count:n Constraints:[Constraint Affinities:[Affinity',
  Logs: 'MaxFiles:n MaxFileSizeMB:n Enabled:b Disabled:b',
  Artifact: 'GetterSource:t GetterOptions GetterHeaders GetterMode:t GetterInsecure:b RelativeDest:t Chown:b',
  Vault: `Policies Role:t Namespace:t Cluster:t Env:b DisableFile:b ChangeMode:t ChangeSignal:t AllowTokenExpiration:b`,
  Template: `SourcePath:t DestPath:t EmbeddedTmpl:t ChangeMode:t ChangeScript ChangeSignal:t Once:b Splay Perms:t Uid:n Gid:n
    LeftDelim:t RightDelim:t Envvars:b VaultGrace Wait ErrMissingKey:b`,
  VolumeMount: 'Volume:t Destination:t ReadOnly:b PropagationMode:t SELinuxLabel:t',
};

export interface ApiField {
  /** What a value of it is; nothing where that is not looked at. */
  readonly form?: 'number' | 'string' | 'boolean';
  readonly holds?: 'one' | 'list' | 'map';
  /** The kind of object inside. */
  readonly of?: string;
}

const forms = { n: 'number', t: 'string', b: 'boolean' } as const;

const known = new Map<string, ReadonlyMap<string, ApiField>>();

/** The fields of one kind of object, read when first asked for. */
export function apiFields(kind: string): ReadonlyMap<string, ApiField> {
  const fields = known.get(kind) ?? new Map((lines[kind] ?? '').split(/\s+/).map(readField));
  known.set(kind, fields);
  return fields;
}

function readField(text: string): readonly [string, ApiField] {
  const [name = '', mark = ''] = text.split(':');
  if (mark === '') return [name, {}];
  if (mark === 'n' || mark === 't' || mark === 'b') return [name, { form: forms[mark] }];
  const holds = mark.startsWith('[') ? 'list' : mark.startsWith('{') ? 'map' : 'one';
  return [name, { holds, of: mark.replace(/^[[{]/, '') }];
}
