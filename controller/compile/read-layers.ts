import type { Diagnostic } from '../model/diagnostic.ts';
import type { Environment } from '../model/environment.ts';
import type { ResourceId } from '../model/resource.ts';
import type { SourceFile, SourceTree } from '../model/source.ts';
import type { Broken, Definition, Kinds, ReadFile } from './definition.ts';
import { isYaml, layerOf } from './folder-path.ts';
import { implicitJobs, unreadJobs } from './implicit-jobs.ts';
import { misplaced, projectPath } from './read-project.ts';

/** The definitions of an environment, layer by layer. */
export interface ReadLayers {
  readonly layers: readonly (readonly Definition[])[];
  readonly broken: Broken;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads the folders of an environment. `read` gives the definitions of a YAML file and is asked once for each. */
export function readLayers(
  environment: Environment,
  source: SourceTree,
  { read, kinds }: { readonly read: (file: SourceFile) => ReadFile; readonly kinds: Kinds },
): ReadLayers {
  const files = filesByLayer(environment, source);
  const diagnostics: Diagnostic[] = [];
  const ids = new Set<ResourceId>();
  let hasUnknown = false;
  const written = files.map((layer) =>
    layer
      .filter(({ path }) => isYaml(path))
      .flatMap((file) => {
        const found = read(file);
        for (const id of found.broken.ids) ids.add(id);
        hasUnknown ||= found.broken.hasUnknown;
        const projects = found.definitions.filter(({ kind }) => kind.name === 'Project');
        diagnostics.push(...found.diagnostics, ...projects.map((definition) => misplaced(definition)));
        return found.definitions.filter((definition) => !projects.includes(definition));
      }),
  );
  const jobFiles = files.map((layer) => layer.filter(({ path }) => path.endsWith('.nomad.hcl')));
  const implicit = implicitJobs(written, jobFiles, kinds);
  const layers = written.map((layer, index) => [...layer, ...(implicit.layers[index] ?? [])]);
  diagnostics.push(...implicit.diagnostics, ...(hasUnknown ? [] : unreadJobs(written, files)));
  return { layers, broken: { ids, hasUnknown }, diagnostics };
}

/** The files of each folder, in the order of the folders. */
function filesByLayer(environment: Environment, source: SourceTree): readonly (readonly SourceFile[])[] {
  const { folders } = environment;
  const byFolder = Map.groupBy(source.files, ({ path }) =>
    path === projectPath ? undefined : layerOf(path, folders),
  );
  return folders.map((folder) => byFolder.get(folder) ?? []);
}
