import type { Fleet, FleetJob } from '../../kinds/kind.ts';
import type { NomadClusterSpec } from '../../kinds/nomad-cluster/schema.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { findingOf } from '../../model/diagnostic-code.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import { blocksOf, objectOf, objectsOf, textOf, textsOf } from '../../model/json-values.ts';
import type { Rule } from '../rule.ts';
import { volumeCodes } from './volume-codes.ts';

/** Containers see paths of their server only where the docker plugin allows it. */
export const bindMounts: Rule = (fleet) => (isAllowed(fleet) ? [] : fleet.jobs().flatMap((job) => tell(job)));

/** Allowed somewhere, or nothing is known of the plugin. */
function isAllowed(fleet: Fleet): boolean {
  const clusters = fleet.byKind<NomadClusterSpec>('NomadCluster');
  if (clusters.length === 0) return true;
  return clusters.some(({ spec }) => {
    const { volumes } = objectOf(spec.plugins?.['docker'] as Json | undefined);
    const said = objectOf(volumes)['enabled'];
    // What is merged last may say it as well.
    return said === true || /"volumes"/.test(JSON.stringify([spec.config, spec.overrides]));
  });
}

function tell(fleetJob: FleetJob): readonly Diagnostic[] {
  return objectsOf(fleetJob.job['TaskGroups']).flatMap((group) =>
    objectsOf(group['Tasks'])
      .filter((task) => task['Driver'] === 'docker')
      .flatMap((task) => {
        const [path] = hostPaths(objectOf(task['Config']));
        if (path === undefined) return [];
        const place = { group: textOf(group['Name']), task: textOf(task['Name']), block: 'config' };
        return [
          findingOf(volumeCodes.bindMount, {
            span: fleetJob.locate({ ...place, attribute: path.attribute }),
            message: `the container is to see ${path.source} of its server, and the docker plugin does not allow it`,
          }),
        ];
      }),
  );
}

interface HostPath {
  readonly attribute: string;
  readonly source: string;
}

/** Absolute paths: what is relative lies in the task’s own folder, and is always allowed. */
function hostPaths(config: JsonObject): readonly HostPath[] {
  const volumes = textsOf(config['volumes']).map((text) => ({
    attribute: 'volumes',
    source: text.split(':')[0] ?? '',
  }));
  const mounts = ['mount', 'mounts'].flatMap((attribute) =>
    blocksOf(config[attribute])
      .filter((mount) => textOf(mount['type'], 'volume') === 'bind')
      .map((mount) => ({ attribute, source: textOf(mount['source']) })),
  );
  return [...volumes, ...mounts].filter(({ source }) => source.startsWith('/'));
}
