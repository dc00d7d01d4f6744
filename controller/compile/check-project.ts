import type { EnvironmentSpec } from '../kinds/project/schema.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { findingOf } from '../model/diagnostic-code.ts';
import type { Environment } from '../model/environment.ts';
import { isJsonObject } from '../model/json.ts';
import { didYouMean } from '../model/nearest.ts';
import { isLabel, type Resource } from '../model/resource.ts';
import type { SourceTree } from '../model/source.ts';
import { layoutCodes, syntaxCodes } from './compile-codes.ts';
import { cleanPath, isBelow } from './folder-path.ts';
import { readEnvironment } from './read-environment.ts';
import { isInRange } from './version-range.ts';

/** Each environment is compiled by itself, and each file held against each folder. */
const maxEnvironments = 64;
const maxFolders = 64;

/** Whether only the last layer can't be read: those before it are then known. */
export type MissingLayers = 'last' | 'earlier';

export interface CheckedProject {
  readonly environments: readonly Environment[];
  /** Environments some of whose folders can't be read: nothing may be concluded from what they lack. */
  readonly incomplete: ReadonlyMap<string, MissingLayers>;
  readonly diagnostics: readonly Diagnostic[];
}

/** The environments of a project that can be compiled, and what is wrong with its folders and versions. */
export function checkProject(
  project: Resource,
  source: SourceTree,
  droverVersion: string | undefined,
): CheckedProject {
  const { environments: declared } = project.spec;
  const diagnostics = [...versionFindings(project, droverVersion)];
  const names = isJsonObject(declared) ? Object.keys(declared) : [];
  if (names.length === 0 && isJsonObject(declared)) {
    const span = project.locate(['spec', 'environments'], 'key');
    diagnostics.push(findingOf(layoutCodes.empty, { span, message: 'the project has no environments' }));
  }
  if (names.length > maxEnvironments) {
    const span = project.locate(['spec', 'environments'], 'key');
    const message = `the project has ${names.length} environments, and ${maxEnvironments} are the most that are read`;
    diagnostics.push(findingOf(syntaxCodes.limit, { span, message, hint: 'divide the fleet into projects' }));
  }
  const read = names.slice(0, maxEnvironments);
  const incomplete = new Map<string, MissingLayers>();
  const environments = read.filter(isEnvironmentName).flatMap((name) => {
    const written = isJsonObject(declared) ? declared[name] : undefined;
    if (!isJsonObject(written)) return [];
    const spec = written as Partial<EnvironmentSpec>;
    const { folders, found } = readFolders(project, name, { folders: spec.folders ?? [], source });
    diagnostics.push(...found);
    const missing = missingLayers(project, name, { written: spec.folders ?? [], found });
    if (missing !== undefined) incomplete.set(name, missing);
    return [readEnvironment(name, spec, { fleet: project.metadata.name, folders })];
  });
  return { environments, incomplete, diagnostics };
}

function missingLayers(
  project: Resource,
  name: string,
  { written, found }: { readonly written: readonly string[]; readonly found: readonly Diagnostic[] },
): MissingLayers | undefined {
  const missing = found.filter(({ code }) => code !== layoutCodes.folderTwice.code);
  if (written.length > 0 && missing.length === 0) return undefined;
  const last = project.locate(['spec', 'environments', name, 'folders', written.length - 1]);
  const isLast = missing.every(({ span }) => span.line === last.line && span.column === last.column);
  return written.length > 0 && isLast ? 'last' : 'earlier';
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
  if (request.folders.length > maxFolders) {
    const span = project.locate(['spec', 'environments', name, 'folders'], 'key');
    const message = `${name} has ${request.folders.length} folders, and ${maxFolders} are the most that are read`;
    found.push(findingOf(syntaxCodes.limit, { span, message, hint: 'name a folder above them' }));
  }
  for (const [index, written] of request.folders.slice(0, maxFolders).entries()) {
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
      const hint = isThere ? undefined : didYouMean(folder, allFolders(request.source));
      if (!isThere) found.push(findingOf(layoutCodes.folderMissing, { span, message, hint }));
    }
  }
  return { folders, found };
}

function allFolders(source: SourceTree): ReadonlySet<string> {
  return new Set(
    source.files.flatMap(({ path }) => {
      const steps = path.split('/').slice(0, -1);
      return steps.map((_, index) => steps.slice(0, index + 1).join('/'));
    }),
  );
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
