import type { MachineConfigSpec } from '../../kinds/machine-config/schema.ts';
import type { FleetServer } from '../../kinds/server/fleet-servers.ts';
import type { JsonObject } from '../../model/json.ts';
import type { FieldPath, Resource } from '../../model/resource.ts';
import type { Fleet } from '../kind.ts';
import { expanderFor, versionOf } from './agent-config.ts';
import { agentText } from './agent-text.ts';
import { type AgentUnit, agentUnitText } from './agent-unit.ts';
import type { ClusterSpec, SecretKey } from './cluster-fields.ts';
import { declaredPaths } from './declared-paths.ts';
import { installation } from './installation.ts';
import { secretText } from './secret-keys.ts';
import { tlsPaths } from './tls-paths.ts';

type Probes = NonNullable<MachineConfigSpec['checks']>;
type Preconditions = NonNullable<MachineConfigSpec['preconditions']>;
type Files = NonNullable<MachineConfigSpec['files']>;
type Disruption = 'Restart' | 'Drain';

/** What a program's kind says of its agent on one server. */
export interface Agent {
  readonly program: 'consul' | 'nomad' | 'vault';
  readonly config: JsonObject;
  /** `{}` stands for the file. Empty where the program can't check one alone. */
  readonly validate: readonly string[];
  readonly user: string;
  readonly unit: Pick<
    AgentUnit,
    'description' | 'documentation' | 'after' | 'stopSignal' | 'stopTimeoutSeconds' | 'settings'
  >;
  readonly arguments: readonly string[];
  readonly dataDirectory: string | undefined;
  readonly dataMode: string;
  /** Certificates of authorities by path. */
  readonly authorities: Readonly<Record<string, { readonly from: SecretKey; readonly at: FieldPath }>>;
  /** By name, paths that somebody else brings and without which the agent would not start. */
  readonly needs: Readonly<Record<string, string>>;
  readonly disruption: Disruption;
  readonly isServer: boolean;
  readonly probes: Probes;
}

/** The agent's files, unit and checks on one server, as a machine configuration that no person wrote. */
export function agentMachine<S extends ClusterSpec>(
  cluster: Resource<S>,
  server: FleetServer,
  fleet: Fleet,
  agent: Agent,
): Resource<MachineConfigSpec> {
  const { program, user } = agent;
  const folder = `/etc/${program}.d`;
  const file = `${folder}/${program}.json`;
  const installed = installation(cluster.spec, fleet, {
    program,
    version: versionOf(cluster.spec, server),
    arch: server.hardware?.arch ?? 'amd64',
  });
  const text = agentText(agent.config, expanderFor(cluster, server, fleet));
  const spec: MachineConfigSpec = {
    selector: {},
    ...installed.spec,
    ...(user === 'root' ? {} : ownUser(user, agent.dataDirectory ?? folder)),
    directories: directoriesOf(agent, folder),
    files: {
      [file]: {
        content: text,
        template: true,
        mode: '0640',
        group: user,
        sensitive: text.includes('${{'),
        ...(agent.validate.length === 0 ? {} : { validate: [installed.binary, ...agent.validate] }),
      },
      ...authorityFiles(agent),
    },
    units: {
      [`${program}.service`]: {
        content: agentUnitText({
          ...agent.unit,
          user,
          command: [installed.binary, ...agent.arguments, file],
          environmentFile: `${folder}/${program}.env`,
        }),
        restartOn: [file, ...installed.watch],
        ...reloads(agent),
        disruption: agent.disruption,
        // Data that a newer version has written can't be read by the older one.
        onFailure:
          agent.isServer && installed.isManaged ? (cluster.spec.upgrade?.onFailure ?? 'Hold') : 'Revert',
      },
    },
    ...preconditionsOf(agent, server, fleet),
    checks: { [`${program}-runs`]: { unit: `${program}.service`, timeout: '30s' }, ...agent.probes },
  };
  return contribution(cluster, spec, agent);
}

function ownUser(user: string, home: string): Pick<MachineConfigSpec, 'users' | 'groups'> {
  return { groups: { [user]: {} }, users: { [user]: { home, shell: '/bin/false' } } };
}

function directoriesOf({ program, user, dataDirectory, dataMode }: Agent, folder: string) {
  const readable = { mode: '0750', owner: 'root', group: user };
  return {
    [folder]: readable,
    [tlsPaths(program).folder]: readable,
    ...(dataDirectory === undefined ? {} : { [dataDirectory]: { mode: dataMode, owner: user, group: user } }),
  };
}

/** A certificate is no secret, but it comes from where secrets are. */
function authorityFiles({ authorities, user }: Agent): Files {
  const files = Object.entries(authorities).map(([path, { from }]) => {
    return [path, { content: `${secretText(from)}\n`, template: true, mode: '0640', group: user }] as const;
  });
  return Object.fromEntries(files);
}

/** All three programs read their certificates anew on SIGHUP; little else of their configuration. */
function reloads({ authorities }: Agent): { readonly reloadOn?: string[] } {
  const paths = Object.keys(authorities);
  return paths.length === 0 ? {} : { reloadOn: paths };
}

function preconditionsOf(
  { program, needs }: Agent,
  server: FleetServer,
  fleet: Fleet,
): { readonly preconditions?: Preconditions } {
  const declared = declaredPaths(server, fleet);
  const probes = Object.entries(needs).flatMap(([name, path]) =>
    declared.has(path) ? [] : [[`${program}-${name}`, { file: path }] as const],
  );
  return probes.length === 0 ? {} : { preconditions: Object.fromEntries(probes) };
}

/** Its places are the cluster's own. */
function contribution<S extends ClusterSpec>(
  cluster: Resource<S>,
  spec: MachineConfigSpec,
  agent: Agent,
): Resource<MachineConfigSpec> {
  return {
    kind: 'MachineConfig',
    metadata: { name: `${cluster.kind}/${cluster.metadata.name}`, labels: {}, annotations: {} },
    spec,
    path: cluster.path,
    locate: (at, part) => {
      const authority = agent.authorities[String(at[2])];
      return authority === undefined
        ? cluster.locate(['metadata', 'name'])
        : cluster.locate(authority.at, part);
    },
  };
}
