import type { EnvironmentSpec } from '../kinds/project/schema.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { findingOf } from '../model/diagnostic-code.ts';
import type { Environment } from '../model/environment.ts';
import { isJsonObject } from '../model/json.ts';
import type { Resource } from '../model/resource.ts';
import type { SourceTree } from '../model/source.ts';
import { isLabel } from './check-envelope.ts';
import { layoutCodes } from './compile-codes.ts';
import { cleanPath, isBelow } from './folder-path.ts';
import { readEnvironment } from './read-environment.ts';
import { isInRange } from './version-range.ts';

/** The environments of a project that can be compiled, and what is wrong with its folders and versions. */
export function checkProject(
  project: Resource,
  source: SourceTree,
  droverVersion: string | undefined,
): { readonly environments: readonly Environment[]; readonly diagnostics: readonly Diagnostic[] } {
  const { environments: declared } = project.spec;
  const diagnostics = [...versionFindings(project, droverVersion)];
  const names = isJsonObject(declared) ? Object.keys(declared) : [];
  if (names.length === 0 && isJsonObject(declared)) {
    const span = project.locate(['spec', 'environments'], 'key');
    diagnostics.push(findingOf(layoutCodes.empty, { span, message: 'the project has no environments' }));
  }
  const environments = names.filter(isEnvironmentName).flatMap((name) => {
    const written = isJsonObject(declared) ? declared[name] : undefined;
    if (!isJsonObject(written)) return [];
    const spec = written as Partial<EnvironmentSpec>;
    const { folders, found } = readFolders(project, name, { folders: spec.folders ?? [], source });
    diagnostics.push(...found);
    return [readEnvironment(name, spec, { fleet: project.metadata.name, folders })];
  });
  return { environments, diagnostics };
}

/** Others are named by the Project's own check. */
function isEnvironmentName(name: string): boolean {
  return isLabel(name) && !name.endsWith('-next');
}

function readFolders(
  project: Resource,
  name: string,
  request: { readonly folders: readonly string[]; readonly source: SourceTree },
): { readonly folders: readonly string[]; readonly found: readonly Diagnostic[] } {
  const folders: string[] = [];
  const found: Diagnostic[] = [];
  for (const [index, written] of request.folders.entries()) {
    const span = project.locate(['spec', 'environments', name, 'folders', index]);
    const folder = cleanPath(written);
    if (folder === undefined) {
      const message = `"${written}" is no plain path inside the repository`;
      found.push(findingOf(layoutCodes.folderPath, { span, message }));
    } else if (folders.includes(folder)) {
      const message = `the folder "${written}" is listed twice`;
      found.push(findingOf(layoutCodes.folderTwice, { span, message }));
    } else {
      folders.push(folder);
      const isThere = request.source.files.some((file) => isBelow(file.path, folder));
      const message = `there is no file below "${written}"`;
      if (!isThere) found.push(findingOf(layoutCodes.folderMissing, { span, message }));
    }
  }
  return { folders, found };
}

function versionFindings(project: Resource, version: string | undefined): readonly Diagnostic[] {
  const range = project.spec.drover;
  if (typeof range !== 'string') return [];
  const span = project.locate(['spec', 'drover']);
  const isInside = isInRange(version ?? '0.0.0', range);
  if (isInside === undefined) {
    return [findingOf(layoutCodes.versionRange, { span, message: `"${range}" is no version range` })];
  }
  if (isInside || version === undefined) return [];
  const message = `this is Drover ${version}, and the project wants ${range}`;
  return [findingOf(layoutCodes.version, { span, message })];
}
