import type { Json, JsonObject } from '../../model/json.ts';
import { each, ifSet, placementRules, withoutPlace } from './fill-lists.ts';
import { fillLogs, fillResources } from './fill-resources.ts';
import { fillService, type GroupContext } from './fill-service.ts';
import {
  artifactDefaults,
  consulDefaults,
  fill,
  identityDefaults,
  mountDefaults,
  pluginDefaults,
  scriptDefaults,
  taskDefaults,
  templateDefaults,
  vaultDefaults,
} from './job-defaults.ts';

export function fillTask(task: JsonObject, context: GroupContext): JsonObject {
  const { KillTimeout: killTimeout, Kind: kind, ...said } = task;
  return {
    // Nomad takes 0 for nothing, too.
    ...fill({ ...said, KillTimeout: killTimeout === 0 ? null : (killTimeout ?? null) }, taskDefaults),
    ...(isDerived(kind) ? {} : { Kind: kind ?? null }),
    Identity: fill(task['Identity'], identityDefaults),
    RestartPolicy: fill(task['RestartPolicy'], context.restart),
    LogConfig: fillLogs(task['LogConfig']),
    Resources: fillResources(task['Resources']),
    ...placementRules(task),
    ...ifSet(task, 'Vault', (value) => withUpperSignal(fill(value, vaultDefaults))),
    ...ifSet(task, 'CSIPluginConfig', fillPlugin),
    Identities: each(task['Identities'], withUpperSignal),
    ...ifSet(task, 'Consul', (value) => fill(value, consulDefaults)),
    Templates: each(task['Templates'], fillTemplate),
    Artifacts: each(task['Artifacts'], fillArtifact),
    VolumeMounts: each(task['VolumeMounts'], (mount) => fill(mount, mountDefaults)),
    Services: each(task['Services'], (service) => fillService(service, context, task)),
    ScalingPolicies: each(task['ScalingPolicies'], (policy) =>
      withoutPlace(fill(policy, { Enabled: true, Max: -1 })),
    ),
  };
}

/** The server says of a task that it is a service of the mesh by itself; the service says so too. */
function isDerived(kind: Json | undefined): boolean {
  return typeof kind === 'string' && kind.startsWith('connect-native:');
}

function withUpperSignal(owner: JsonObject): JsonObject {
  const signal = owner['ChangeSignal'];
  return typeof signal === 'string' ? { ...owner, ChangeSignal: signal.toUpperCase() } : owner;
}

function fillPlugin(value: Json): JsonObject {
  const plugin = fill(value, pluginDefaults);
  const timeout = plugin['HealthTimeout'];
  return { ...plugin, HealthTimeout: timeout === 0 ? pluginDefaults.HealthTimeout : (timeout ?? null) };
}

function fillTemplate(template: JsonObject): JsonObject {
  const filled = fill(template, templateDefaults);
  const signal = filled['ChangeSignal'];
  return {
    ...filled,
    Uid: owner(filled['Uid']),
    Gid: owner(filled['Gid']),
    ChangeSignal: typeof signal === 'string' && signal !== '' ? signal.toUpperCase() : defaultSignal(filled),
    ...ifSet(filled, 'ChangeScript', (value) => fill(value, scriptDefaults)),
  };
}

/** As text, since 0 is somebody; below it is nobody. */
function owner(id: Json | undefined): Json {
  return typeof id === 'number' && id >= 0 ? `${id}` : null;
}

function defaultSignal(template: JsonObject): string {
  return template['ChangeMode'] === 'signal' ? 'SIGHUP' : '';
}

function fillArtifact(artifact: JsonObject): JsonObject {
  const filled = fill(artifact, artifactDefaults);
  if (filled['GetterMode'] !== 'file' || artifact['RelativeDest'] !== undefined) return filled;
  const source = filled['GetterSource'];
  const name = typeof source === 'string' ? source.split('/').at(-1) : '';
  return { ...filled, RelativeDest: `local/${name}` };
}
