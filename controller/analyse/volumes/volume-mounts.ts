import type { FleetJob } from '../../kinds/kind.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { findingOf } from '../../model/diagnostic-code.ts';
import type { JsonObject } from '../../model/json.ts';
import { objectsOf, textOf } from '../../model/json-values.ts';
import { didYouMean } from '../../model/nearest.ts';
import { volumesOf } from '../placement/volume-ask.ts';
import type { Rule } from '../rule.ts';
import { volumeCodes } from './volume-codes.ts';

/** Tasks mount what their group claims, each at a place of its own, and nothing is claimed for nobody. */
export const volumeMounts: Rule = (fleet) =>
  fleet
    .jobs()
    .flatMap((fleetJob) =>
      objectsOf(fleetJob.job['TaskGroups']).flatMap((group) => [
        ...objectsOf(group['Tasks']).flatMap((task) => checkTask(fleetJob, group, task)),
        ...checkClaims(fleetJob, group),
      ]),
    );

function checkTask(fleetJob: FleetJob, group: JsonObject, task: JsonObject): readonly Diagnostic[] {
  const claimed = volumesOf(group).map(({ label }) => label);
  const taken = new Set<string>();
  return objectsOf(task['VolumeMounts']).flatMap((mount, index) => {
    const volume = textOf(mount['Volume']);
    const destination = textOf(mount['Destination']);
    const isTaken = taken.has(destination);
    taken.add(destination);
    const place = { group: textOf(group['Name']), task: textOf(task['Name']), block: 'volume_mount' };
    const span = fleetJob.locate({ ...place, label: volume === '' ? index : volume });
    const found: Diagnostic[] = [];
    if (!claimed.includes(volume)) {
      const label = volume === '' ? index : volume;
      const named = fleetJob.locate({ ...place, label, attribute: 'volume' });
      const message =
        volume === ''
          ? 'the mount names no volume'
          : `the task mounts ${volume}, which its group does not claim`;
      const hint = volume === '' ? nameHint(claimed) : didYouMean(volume, claimed);
      found.push(findingOf(volumeCodes.undeclared, { span: named, message, hint }));
    }
    if (destination === '') {
      const message = `the mount of ${volume === '' ? 'the volume' : volume} has no destination`;
      found.push(findingOf(volumeCodes.destination, { span, message }));
    } else if (isTaken) {
      const message = `another volume is mounted at ${destination} as well`;
      const own = fleetJob.locate({ ...place, label: index });
      found.push(findingOf(volumeCodes.sameDestination, { span: own, message }));
    }
    return found;
  });
}

/** Which of them is meant is only sure of one. */
function nameHint(claimed: readonly string[]): string | undefined {
  const [only, second] = claimed;
  return only === undefined || second !== undefined ? undefined : `write volume = "${only}"`;
}

function checkClaims(fleetJob: FleetJob, group: JsonObject): readonly Diagnostic[] {
  const mounted = new Set(
    objectsOf(group['Tasks']).flatMap((task) =>
      objectsOf(task['VolumeMounts']).map((mount) => textOf(mount['Volume'])),
    ),
  );
  const place = (label: string) => fleetJob.locate({ group: textOf(group['Name']), block: 'volume', label });
  // A mount that is misspelt is told there, and the claim it meant is not idle.
  const hasMisspelt = [...mounted].some((name) => !volumesOf(group).some(({ label }) => label === name));
  return volumesOf(group)
    .filter(({ label }) => !mounted.has(label) && !hasMisspelt)
    .map(({ label }) =>
      findingOf(volumeCodes.unmounted, { span: place(label), message: `no task mounts ${label}` }),
    );
}
