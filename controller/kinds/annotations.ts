import type { Resource } from '../model/resource.ts';
import type { UnitOptions } from '../model/tree.ts';

export const annotationNames = {
  patch: 'drover.dev/patch',
  wave: 'drover.dev/wave',
  protect: 'drover.dev/protect',
  prune: 'drover.dev/prune',
  adopt: 'drover.dev/adopt',
  waive: 'drover.dev/waive',
} as const;

const pruneModes = ['Delete', 'Orphan', 'Confirm'] as const;

/** What the annotations say about handling a unit. Volumes, secrets and namespaces are orphaned unless said otherwise. */
export function unitOptions<S>(
  resource: Resource<S>,
  defaults: Pick<UnitOptions, 'prune'> = {},
): Pick<UnitOptions, 'protect' | 'prune' | 'adopt'> {
  const { annotations } = resource.metadata;
  const prune = pruneModes.find((mode) => mode === annotations[annotationNames.prune]) ?? defaults.prune;
  return {
    ...(annotations[annotationNames.protect] === 'true' ? { protect: true } : {}),
    ...(prune === undefined ? {} : { prune }),
    ...(annotations[annotationNames.adopt] === 'true' ? { adopt: true } : {}),
  };
}

/** The wave from the annotation (0 to 99), else the kind's own. */
export function waveOf<S>(resource: Resource<S>, fallback: number): number {
  const written = resource.metadata.annotations[annotationNames.wave];
  return written !== undefined && isWave(written) ? Number(written) : fallback;
}

export function isWave(text: string): boolean {
  return /^\d{1,2}$/.test(text);
}

/** Line and file for the plan's words. */
export function sourceOf<S>(resource: Resource<S>): { readonly path: string; readonly line: number } {
  const { path, line } = resource.locate([]);
  return { path, line };
}
