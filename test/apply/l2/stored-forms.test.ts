import test from 'ava';
import { compareJob } from '../../../controller/apply/l2/compare-job.ts';
import type { Json, JsonObject } from '../../../controller/model/json.ts';

interface StoredForm {
  readonly title: string;
  /** A group as the parser gives it. */
  readonly said: JsonObject;
  /** The same as Nomad 1.11 keeps it. */
  readonly stored: JsonObject;
  /** The same with one thing said otherwise. */
  readonly other: JsonObject;
}

const second = 1_000_000_000;
const bridge = { Networks: [{ Mode: 'bridge' }] };
const gateway = (gatewayOf: JsonObject, more: JsonObject = {}): JsonObject => ({
  ...bridge,
  Services: [{ Name: 'gate', PortLabel: '8080', Connect: { Gateway: gatewayOf }, ...more }],
});
const at = (port: number): JsonObject => ({ Address: '0.0.0.0', Port: port });
const bound = (addresses: JsonObject): JsonObject => ({
  ConnectTimeout: 5 * second,
  EnvoyGatewayNoDefaultBind: true,
  EnvoyGatewayBindAddresses: addresses,
});
const ingress = (name: string): JsonObject => ({
  Ingress: { Listeners: [{ Port: 8081, Protocol: 'tcp', Services: [{ Name: name }] }] },
});
const exposed = (check: JsonObject, proxy: JsonObject = {}): JsonObject => ({
  ...bridge,
  Services: [
    {
      Name: 'api',
      PortLabel: '9001',
      Checks: [{ Name: 'up', Type: 'http', Path: '/up', Expose: true, ...check }],
      Connect: { SidecarService: proxy },
    },
  ],
});
const service = (fields: JsonObject): JsonObject => ({ Services: [{ PortLabel: 'http', ...fields }] });
const task = (fields: JsonObject): JsonObject => ({ Tasks: [{ Name: 't', Driver: 'exec', ...fields }] });

const forms: readonly StoredForm[] = [
  {
    title: 'an ingress gateway listens at each service’s port inside its network',
    said: gateway(ingress('one')),
    stored: gateway({ ...ingress('one'), Proxy: bound({ one: at(8081) }) }),
    other: gateway(ingress('two')),
  },
  {
    title: 'a mesh gateway has a port of its own for the LAN',
    said: gateway({ Mesh: {} }),
    stored: {
      ...gateway({ Mesh: {}, Proxy: bound({ lan: at(-1), wan: at(-1) }) }),
      Networks: [{ Mode: 'bridge', DynamicPorts: [{ Label: 'connect-mesh-gate-lan', To: -1 }] }],
    },
    other: gateway({ Mesh: {}, Proxy: { ConnectTimeout: second } }),
  },
  {
    title: 'a terminating gateway without a port gets one',
    said: gateway({ Terminating: {} }, { PortLabel: '' }),
    stored: gateway(
      { Terminating: {}, Proxy: bound({ default: at(-1) }) },
      { PortLabel: 'connect-terminating-gate' },
    ),
    other: gateway({ Terminating: {} }, { PortLabel: 'own' }),
  },
  {
    title: 'addresses that are said stay, and the parser names each of them twice',
    said: gateway({ Mesh: {}, Proxy: { EnvoyGatewayBindAddresses: { x: { Name: 'x', ...at(1) } } } }),
    stored: gateway({
      Mesh: {},
      Proxy: { ConnectTimeout: 5 * second, EnvoyGatewayBindAddresses: { x: at(1) } },
    }),
    other: gateway({ Mesh: {}, Proxy: { EnvoyGatewayBindAddresses: { x: at(2) } } }),
  },
  {
    title: 'the task of a sidecar has the defaults of a task',
    said: gateway({ Mesh: {} }, { Connect: { SidecarService: {}, SidecarTask: { Resources: { CPU: 50 } } } }),
    stored: gateway(
      { Mesh: {} },
      {
        Connect: {
          SidecarService: {},
          SidecarTask: {
            KillTimeout: 5 * second,
            LogConfig: { MaxFiles: 10, MaxFileSizeMB: 10 },
            Resources: { CPU: 50, MemoryMB: 300 },
          },
        },
      },
    ),
    other: gateway({ Mesh: {} }, { Connect: { SidecarService: {}, SidecarTask: { KillTimeout: second } } }),
  },
  {
    title: 'a check through the proxy gets a port and a path',
    said: exposed({}),
    stored: {
      ...exposed(
        { PortLabel: 'svc_api_ck_13aeb4' },
        {
          Proxy: {
            Expose: { Paths: [{ Path: '/up', LocalPathPort: 9001, ListenerPort: 'svc_api_ck_13aeb4' }] },
          },
        },
      ),
      Networks: [{ Mode: 'bridge', DynamicPorts: [{ Label: 'svc_api_ck_13aeb4', To: -1 }] }],
    },
    other: exposed(
      {},
      { Proxy: { Expose: { Paths: [{ Path: '/other', LocalPathPort: 9001, ListenerPort: 'x' }] } } },
    ),
  },
  {
    title: 'the port of a sidecar that is named is made',
    said: exposed({ Expose: false }, { Port: 'side' }),
    stored: {
      ...exposed({ Expose: false }, { Port: 'side' }),
      Networks: [{ Mode: 'bridge', DynamicPorts: [{ Label: 'side', To: -1 }] }],
    },
    other: exposed({ Expose: false }, { Port: 'other' }),
  },
  {
    title: 'a service of the mesh by itself is that of its only task',
    said: { ...service({ Name: 'n', Connect: { Native: true } }), ...task({}) },
    stored: {
      ...service({ Name: 'n', TaskName: 't', Connect: { Native: true } }),
      ...task({ Kind: 'connect-native:n' }),
    },
    other: { ...service({ Name: 'n', TaskName: 'u', Connect: { Native: true } }), ...task({}) },
  },
  {
    title: 'the names of job, group and task in a service’s name are filled in',
    said: service({ Name: '${JOB}.${TASKGROUP}.${TASK}.${BASE}.${NOMAD_META_x}' }),
    stored: service({ Name: 'j.g.group.j-g-group.${NOMAD_META_x}' }),
    other: service({ Name: '${TASKGROUP}.${JOB}' }),
  },
  {
    title: 'the identity of a service is named after it',
    said: service({ Name: 'n', Identity: { Audience: ['a'] } }),
    stored: service({
      Name: 'n',
      Identity: { Audience: ['a'], Name: 'consul-service_n-http', ServiceName: 'n' },
    }),
    other: service({ Name: 'n', Identity: { Audience: ['b'] } }),
  },
  {
    title: 'the identity that Nomad gives a service of a task is none of the definition',
    said: task({ Services: [{ Name: 'n', PortLabel: 'http' }] }),
    stored: task({
      Services: [{ Name: 'n', PortLabel: 'http', TaskName: 't', Identity: { Audience: ['a'] } }],
    }),
    other: task({ Services: [{ Name: 'n', PortLabel: 'http', Tags: ['x'] }] }),
  },
  {
    title: 'the checks of a task’s service are of that task',
    said: task({ Services: [{ Name: 'n', PortLabel: 'http', Checks: [{ Name: 'c', Type: 'tcp' }] }] }),
    stored: task({
      Services: [
        { Name: 'n', PortLabel: 'http', TaskName: 't', Checks: [{ Name: 'c', Type: 'tcp', TaskName: 't' }] },
      ],
    }),
    other: task({ Services: [{ Name: 'n', PortLabel: 'http', Checks: [{ Name: 'c', Type: 'http' }] }] }),
  },
  {
    title: 'one of a device, when no count is said',
    said: task({ Resources: { CPU: 1, MemoryMB: 10, Devices: [{ Name: 'gpu' }] } }),
    stored: task({ Resources: { CPU: 1, MemoryMB: 10, Devices: [{ Name: 'gpu', Count: 1 }] } }),
    other: task({ Resources: { CPU: 1, MemoryMB: 10, Devices: [{ Name: 'gpu', Count: 2 }] } }),
  },
  {
    title: 'ports of a task of old',
    said: task({ Resources: { Networks: [{ DynamicPorts: [{ Label: 'a' }] }] } }),
    stored: task({ Resources: { Networks: [{ DynamicPorts: [{ Label: 'a', HostNetwork: 'default' }] }] } }),
    other: task({ Resources: { Networks: [{ DynamicPorts: [{ Label: 'b' }] }] } }),
  },
  {
    title: 'words that the server drops',
    said: {
      MaxClientDisconnect: second,
      StopAfterClientDisconnect: second,
      PreventRescheduleOnLost: true,
      Networks: [{ Device: 'eth0' }],
      ...task({ Resources: { DiskMB: 5, IOPS: 5 }, LogConfig: { Enabled: true } }),
    },
    stored: { Networks: [{ Mode: 'host' }], ...task({ Resources: { CPU: 100, MemoryMB: 300 } }) },
    other: task({ Resources: { CPU: 101 } }),
  },
  {
    title: 'root is somebody as the owner of a file, and below is nobody',
    said: task({ Templates: [{ EmbeddedTmpl: 'x', Uid: 0 }] }),
    stored: task({ Templates: [{ EmbeddedTmpl: 'x', Uid: 0, Gid: -1 }] }),
    other: task({ Templates: [{ EmbeddedTmpl: 'x' }] }),
  },
  {
    title: 'no time to end is the usual time',
    said: task({ KillTimeout: 0 }),
    stored: task({ KillTimeout: 5 * second }),
    other: task({ KillTimeout: second }),
  },
  {
    title: 'a policy that scales a task knows where it belongs',
    said: task({ ScalingPolicies: [{ Type: 'vertical_cpu', Max: 100 }] }),
    stored: task({
      ScalingPolicies: [
        { ID: 'x', Type: 'vertical_cpu', Max: 100, Enabled: true, Target: { Job: 'j' }, ModifyIndex: 4 },
      ],
    }),
    other: task({ ScalingPolicies: [{ Type: 'vertical_cpu', Max: 101 }] }),
  },
  {
    title: 'plugins for secrets that a task uses',
    said: task({ Secrets: [{ Name: 's', Provider: 'nomad', Path: 'p' }] }),
    stored: {
      ...task({ Secrets: [{ Name: 's', Provider: 'nomad', Path: 'p' }] }),
      Constraints: [{ LTarget: '${attr.plugins.secrets.nomad.version}', Operand: 'is_set', RTarget: '' }],
    },
    other: task({ Secrets: [{ Name: 's', Provider: 'nomad', Path: 'q' }] }),
  },
  {
    title: 'nothing among the options of a driver',
    said: task({ Config: { image: 'x', list: [{ y: 1 }] } }),
    stored: task({ Config: { image: 'x', list: [{ y: 1, z: null }], more: null } }),
    other: task({ Config: { image: 'x', list: [{ y: 2 }] } }),
  },
];

const more: readonly StoredForm[] = [
  {
    title: 'a gateway speaks TCP, and waits five seconds',
    said: { Services: [{ Name: 'n', Connect: { Gateway: { Ingress: { Listeners: [{ Port: 1 }] } } } }] },
    stored: {
      Services: [
        {
          Name: 'n',
          Connect: {
            Gateway: {
              Ingress: { Listeners: [{ Port: 1, Protocol: 'tcp' }] },
              Proxy: { ConnectTimeout: 5 * second },
            },
          },
        },
      ],
    },
    other: { Services: [{ Name: 'n', Connect: { Gateway: { Ingress: { Listeners: [{ Port: 2 }] } } } }] },
  },
  {
    title: 'a weight of nothing is one',
    said: service({ Name: 'n', Weights: { Passing: 0, Warning: 3 } }),
    stored: service({ Name: 'n', Weights: { Passing: 1, Warning: 3 } }),
    other: service({ Name: 'n', Weights: { Passing: 2, Warning: 3 } }),
  },
  {
    title: 'less than no failure is none, and nobody is told where a check is',
    said: service({ Name: 'n', Checks: [{ Name: 'c', FailuresBeforeWarning: -1, Advertise: 'x' }] }),
    stored: service({ Name: 'n', Checks: [{ Name: 'c', FailuresBeforeWarning: 0 }] }),
    other: service({ Name: 'n', Checks: [{ Name: 'c', FailuresBeforeWarning: 2 }] }),
  },
  {
    title: 'a plugin for volumes has its folders and its time',
    said: task({ CSIPluginConfig: { ID: 'p', Type: 'node', HealthTimeout: 0 } }),
    stored: task({
      CSIPluginConfig: {
        ID: 'p',
        Type: 'node',
        MountDir: '/csi',
        StagePublishBaseDir: '/local/csi',
        HealthTimeout: 30 * second,
      },
    }),
    other: task({ CSIPluginConfig: { ID: 'p', Type: 'node', HealthTimeout: second } }),
  },
  {
    title: 'signals are in capitals',
    said: task({ Vault: { ChangeSignal: 'sighup' }, Identities: [{ Name: 'a', ChangeSignal: 'sigusr1' }] }),
    stored: task({ Vault: { ChangeSignal: 'SIGHUP' }, Identities: [{ Name: 'a', ChangeSignal: 'SIGUSR1' }] }),
    other: task({ Vault: {}, Identities: [{ Name: 'a', ChangeSignal: 'SIGHUP' }] }),
  },
  {
    title: 'no wish for a core is none',
    said: task({ Resources: { Cores: 1, NUMA: {} } }),
    stored: task({ Resources: { Cores: 1, MemoryMB: 300, NUMA: { Affinity: 'none' } } }),
    other: task({ Resources: { Cores: 1, NUMA: { Affinity: 'prefer' } } }),
  },
];

const jobOf = (group: JsonObject): JsonObject => {
  const tasks: Json = group['Tasks'] ?? [{ Name: 't', Driver: 'exec' }];
  return { ID: 'j', Name: 'j', TaskGroups: [{ Name: 'g', ...group, Tasks: tasks }] };
};

for (const { title, said, stored, other } of [...forms, ...more]) {
  test(`as Nomad keeps it: ${title}`, (t) => {
    t.deepEqual(compareJob(jobOf(said), jobOf(stored)), []);
    t.deepEqual(compareJob(jobOf(stored), jobOf(stored)), []);
    t.not(compareJob(jobOf(other), jobOf(stored)).length, 0);
  });
}

test('as Nomad keeps it: a priority of nothing, and no datacenter', (t) => {
  const job = jobOf({});
  const stored = { ...job, Priority: 50, Datacenters: ['*'] };
  t.deepEqual(compareJob({ ...job, Priority: 0, Datacenters: [] }, stored), []);
  t.deepEqual(compareJob({ ...job, Priority: 1, Datacenters: ['a'] }, stored), ['Datacenters', 'Priority']);
});
