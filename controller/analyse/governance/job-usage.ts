import type { JobPlace } from '../../kinds/kind.ts';
import { isJsonObject, type JsonObject } from '../../model/json.ts';
import { blocksOf, textOf, textsOf } from '../../model/json-values.ts';

/** What one task asks of its server, with the place that says so. */
export interface TaskUsage {
  readonly group: string;
  readonly task: string;
  readonly driver: string;
  readonly image: string | undefined;
  readonly privileged: boolean;
  readonly place: JobPlace;
  /** Paths of the server that the container sees. */
  readonly hostPaths: readonly HostPath[];
  /** The texts of its templates. */
  readonly templates: readonly string[];
}

export interface HostPath {
  readonly path: string;
  /** The option of the driver that says it. */
  readonly attribute: string;
}

export interface VolumeUsage {
  readonly source: string;
  readonly place: JobPlace;
}

export interface JobUsage {
  readonly tasks: readonly TaskUsage[];
  /** Host volumes by the names that servers give them. */
  readonly volumes: readonly VolumeUsage[];
}

/** What a job uses of the servers it runs on, from the API's JSON. */
export function jobUsage(job: JsonObject): JobUsage {
  const groups = blocksOf(job['TaskGroups']);
  return {
    tasks: groups.flatMap((group) =>
      blocksOf(group['Tasks']).map((task) => taskUsage(textOf(group['Name']), task)),
    ),
    volumes: groups.flatMap(volumesOf),
  };
}

function taskUsage(group: string, task: JsonObject): TaskUsage {
  const config = isJsonObject(task['Config']) ? task['Config'] : {};
  const name = textOf(task['Name']);
  return {
    group,
    task: name,
    driver: textOf(task['Driver']),
    image: typeof config['image'] === 'string' ? config['image'] : undefined,
    privileged: config['privileged'] === true,
    place: { group, task: name },
    hostPaths: hostPaths(config),
    templates: blocksOf(task['Templates']).map((template) => textOf(template['EmbeddedTmpl'])),
  };
}

/** Sources of bind mounts: `volumes = ["/srv:/data"]` and `mount { type = "bind" }`. */
function hostPaths(config: JsonObject): readonly HostPath[] {
  const volumes = textsOf(config['volumes']).map((volume) => ({
    path: volume.split(':')[0] ?? '',
    attribute: 'volumes',
  }));
  const mounts = ['mount', 'mounts'].flatMap((attribute) =>
    blocksOf(config[attribute])
      .filter((mount) => mount['type'] === 'bind')
      .map((mount) => ({ path: textOf(mount['source']), attribute })),
  );
  return [...volumes, ...mounts].filter(({ path }) => path.startsWith('/'));
}

function volumesOf(group: JsonObject): readonly VolumeUsage[] {
  const volumes = isJsonObject(group['Volumes']) ? group['Volumes'] : {};
  return Object.entries(volumes).flatMap(([label, volume]) => {
    if (!isJsonObject(volume) || volume['Type'] !== 'host') return [];
    const place = { group: textOf(group['Name']), block: 'volume', label, attribute: 'source' };
    return [{ source: textOf(volume['Source']), place }];
  });
}
