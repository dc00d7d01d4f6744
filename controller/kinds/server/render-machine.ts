import type { Resource } from '../../model/resource.ts';
import type { Fleet } from '../kind.ts';
import type { MachineView } from './machine-view.ts';
import { renderDirectories, renderFiles } from './render-files.ts';
import { renderProbes } from './render-probes.ts';
import { renderSystem } from './render-system.ts';
import { renderUnits } from './render-units.ts';
import { createServerScribe } from './server-scribe.ts';

/** What a server's machine configurations make of it together. */
export function renderMachine(server: Resource, fleet: Fleet): MachineView {
  const scribe = createServerScribe(fleet, server.metadata.name);
  const configs = fleet.machineConfigs(server);
  const files = renderFiles(configs, scribe);
  const units = renderUnits(configs, scribe);
  return {
    configs,
    spec: {
      directories: renderDirectories(configs, scribe),
      preconditions: renderProbes(configs, scribe, 'preconditions'),
      checks: renderProbes(configs, scribe, 'checks'),
      extra: renderSystem(configs, scribe),
      files: [...files.files, ...units.dropIns].sort(byPath),
      units: units.units,
    },
    contents: new Map([...files.contents, ...units.contents]),
    texts: [...files.texts, ...units.texts].sort(byPath),
    diagnostics: scribe.diagnostics,
  };
}

function byPath(a: { readonly path: string }, b: { readonly path: string }): number {
  return a.path < b.path ? -1 : 1;
}
