import { block, duration, free, identity, value, type Word } from './hcl-words.ts';

const checkRestart = block('check_restart', {
  Limit: value('limit'),
  Grace: duration('grace'),
  IgnoreWarnings: value('ignore_warnings'),
});

const check = block('check', {
  Name: value('name'),
  Type: value('type'),
  PortLabel: value('port'),
  AddressMode: value('address_mode'),
  Path: value('path'),
  Protocol: value('protocol'),
  Method: value('method'),
  Body: value('body'),
  Command: value('command'),
  Args: value('args'),
  TaskName: value('task'),
  Interval: duration('interval'),
  Timeout: duration('timeout'),
  InitialStatus: value('initial_status'),
  Notes: value('notes'),
  OnUpdate: value('on_update'),
  Expose: value('expose'),
  TLSServerName: value('tls_server_name'),
  TLSSkipVerify: value('tls_skip_verify'),
  GRPCService: value('grpc_service'),
  GRPCUseTLS: value('grpc_use_tls'),
  SuccessBeforePassing: value('success_before_passing'),
  FailuresBeforeCritical: value('failures_before_critical'),
  FailuresBeforeWarning: value('failures_before_warning'),
  Header: free('header'),
  CheckRestart: checkRestart,
});

const upstream = block('upstreams', {
  DestinationName: value('destination_name'),
  DestinationNamespace: value('destination_namespace'),
  DestinationPeer: value('destination_peer'),
  DestinationType: value('destination_type'),
  LocalBindPort: value('local_bind_port'),
  LocalBindAddress: value('local_bind_address'),
  Datacenter: value('datacenter'),
  MeshGateway: block('mesh_gateway', { Mode: value('mode') }),
  Config: free('config'),
});

const connect = block('connect', {
  Native: value('native'),
  SidecarService: block('sidecar_service', {
    Tags: value('tags'),
    Port: value('port'),
    DisableDefaultTCPCheck: value('disable_default_tcp_check'),
    Meta: free('meta'),
    Proxy: block('proxy', {
      LocalServiceAddress: value('local_service_address'),
      LocalServicePort: value('local_service_port'),
      Upstreams: upstream,
      Config: free('config'),
    }),
  }),
});

export const service: Word = block('service', {
  Name: value('name'),
  Provider: value('provider'),
  Cluster: value('cluster'),
  PortLabel: value('port'),
  Address: value('address'),
  AddressMode: value('address_mode'),
  TaskName: value('task'),
  Tags: value('tags'),
  CanaryTags: value('canary_tags'),
  EnableTagOverride: value('enable_tag_override'),
  OnUpdate: value('on_update'),
  Kind: value('kind'),
  Meta: free('meta'),
  CanaryMeta: free('canary_meta'),
  TaggedAddresses: free('tagged_addresses'),
  Weights: block('weights', { Passing: value('passing'), Warning: value('warning') }),
  Identity: identity,
  Connect: connect,
  CheckRestart: checkRestart,
  Checks: check,
});
