import { mergeMaps } from '../../kinds/server/machine-configs.ts';
import type { MachineView } from '../../kinds/server/machine-view.ts';
import { unitPath } from '../../kinds/server/render-units.ts';

/**
 * Every path of which something is said on a server, what goes away among them: its change is seen too. Files by what is declared,
 * for one whose source is not there is told by itself.
 */
export function writtenPaths({ configs, spec }: MachineView): ReadonlySet<string> {
  const named = (['artifacts', 'files', 'mounts'] as const).flatMap((field) =>
    mergeMaps<unknown>(configs, (config) => config[field]).map(({ name }) => name),
  );
  return new Set([
    ...named,
    ...spec.files.map(({ path }) => path),
    ...spec.directories.map(({ path }) => path),
    ...spec.units.map(({ name }) => unitPath(name)),
  ]);
}
