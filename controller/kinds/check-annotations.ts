import type { Diagnostic } from '../model/diagnostic.ts';
import { didYouMean } from '../model/nearest.ts';
import type { Resource } from '../model/resource.ts';
import { annotationNames, isWave } from './annotations.ts';
import { finding } from './finding.ts';
import { kindCodes } from './kind-codes.ts';
import { readWaivers, waiverForm } from './waivers.ts';

const isBoolean = (value: string) => value === 'true' || value === 'false';

/** What each annotation of ours may say, and how to write it. */
const rules: Readonly<Record<string, { accepts: (value: string) => boolean; hint: string }>> = {
  [annotationNames.patch]: {
    accepts: (value) => value === 'merge' || value === 'merge-or-create',
    hint: 'write merge or merge-or-create',
  },
  [annotationNames.wave]: { accepts: isWave, hint: 'write a number from 0 to 99, quoted' },
  [annotationNames.protect]: { accepts: isBoolean, hint: 'write "true" or "false"' },
  [annotationNames.adopt]: { accepts: isBoolean, hint: 'write "true" or "false"' },
  [annotationNames.prune]: {
    accepts: (value) => ['Delete', 'Orphan', 'Confirm'].includes(value),
    hint: 'write Delete, Orphan or Confirm',
  },
  [annotationNames.waive]: {
    accepts: (value) => readWaivers(value).malformed.length === 0,
    hint: `write "${waiverForm}", several divided by semicolons`,
  },
};

/** Annotations below `drover.dev/` that are unknown or mean nothing. Others belong to the user. */
export function checkAnnotations<S>(resource: Resource<S>): readonly Diagnostic[] {
  const wrong = Object.entries(resource.metadata.annotations).flatMap(([name, value]) => {
    if (!name.startsWith('drover.dev/')) return [];
    const rule = rules[name];
    if (rule?.accepts(value) === true) return [];
    const message = rule === undefined ? `there is no annotation ${name}` : `${name} can't be "${value}"`;
    const names = Object.values(annotationNames);
    const hint =
      rule?.hint ?? didYouMean(name, names) ?? `known: ${names.join(', ')}; others need another prefix`;
    const part = rule === undefined ? 'key' : 'value';
    return [
      finding(resource, ['metadata', 'annotations', name], {
        entry: kindCodes.annotation,
        message,
        hint,
        part,
      }),
    ];
  });
  return [...wrong, ...checkLabels(resource)];
}

/** Labels choose servers: what annotations say is not read of them. */
function checkLabels<S>(resource: Resource<S>): readonly Diagnostic[] {
  return Object.keys(resource.metadata.labels)
    .filter((name) => rules[name] !== undefined)
    .map((name) =>
      finding(resource, ['metadata', 'labels', name], {
        entry: kindCodes.annotation,
        message: `${name} is an annotation, and means nothing among the labels`,
        hint: 'move it to metadata.annotations',
        part: 'key',
      }),
    );
}
