import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { CompiledProject } from '../compile/compile-project.ts';
import { modeline } from '../edit/editor-schema.ts';
import { UsageError } from '../model/errors.ts';
import { gitBlobId } from '../model/git-object.ts';
import type { SourceFile, SourceTree } from '../model/source.ts';
import type { CliIo } from './io.ts';
import { openSource } from './open-source.ts';

/** Where an import writes, and what is there already. */
export interface ImportPlace {
  readonly directory: string;
  readonly environment: string;
  /** Below the directory: the last layer of the environment. */
  readonly folder: string;
  /** What was there, without what `--force` writes anew. */
  readonly source: SourceTree;
  /** Every file that was there. */
  readonly present: ReadonlySet<string>;
  /** A `drover.yaml` that is to be written; it is in `source`. */
  readonly project: string | undefined;
}

/** What an import writes below its folder. */
const ownPattern =
  /^(?:jobs\/.+\.(?:nomad\.hcl|job\.yaml)|(?:nomad|consul|vault)\/[a-z0-9-]+\.yaml|consul\/values\/.+)$/;

export async function openImportPlace(
  request: { readonly directory: string; readonly environment: string | undefined; readonly force: boolean },
  readProject: (source: SourceTree) => CompiledProject,
  io: CliIo,
): Promise<ImportPlace> {
  const directory = path.resolve(io.cwd, request.directory);
  const names = await namesBelow(directory);
  const hasProject = names.includes('drover.yaml');
  const none: SourceTree = { commit: undefined, files: [] };
  const opened = hasProject ? (await openSource(directory, undefined, io)).source : none;
  const { environment, folder } = hasProject
    ? declaredEnvironment(readProject(opened), request.environment)
    : firstEnvironment(request.environment);
  const project = hasProject ? undefined : projectText(path.basename(directory), environment);
  const kept = request.force ? opened.files.filter((file) => !isOwn(file.path, folder)) : opened.files;
  const added = project === undefined ? [] : [sourceFile('drover.yaml', project)];
  return { directory, environment, folder, source: withFiles(kept, added), present: new Set(names), project };
}

/** Paths of all files; none of a folder that is still to be made. */
async function namesBelow(directory: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(directory, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => !entry.isDirectory())
      .map((entry) => path.relative(directory, path.join(entry.parentPath, entry.name)))
      .filter((name) => !/^(?:\.git|\.drover|node_modules)\//.test(name));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

function isOwn(file: string, folder: string): boolean {
  const inside = path.posix.relative(folder, file);
  return !inside.startsWith('../') && ownPattern.test(inside);
}

function declaredEnvironment(
  project: CompiledProject,
  asked: string | undefined,
): { environment: string; folder: string } {
  const names = [...project.environments.keys()];
  const known = `drover.yaml has: ${names.join(', ')}.`;
  const [only] = names;
  const environment = asked ?? (names.length === 1 ? only : undefined);
  if (environment === undefined) {
    throw new UsageError('which environment runs there?', { hint: `Say it with --environment; ${known}` });
  }
  const folder = project.environments.get(environment)?.environment.folders.at(-1);
  if (folder === undefined) {
    throw new UsageError(`there is no environment ${environment}`, {
      hint: names.length === 0 ? 'drover.yaml can not be read: drover validate says why.' : known,
    });
  }
  return { environment, folder };
}

function firstEnvironment(asked: string | undefined): { environment: string; folder: string } {
  const environment = asked ?? 'dev';
  if (!/^(?!.*-next$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(environment)) {
    throw new UsageError(`--environment can't be ${JSON.stringify(environment)}`, {
      hint: 'A name has lower-case letters, digits and hyphens, and does not end in -next.',
    });
  }
  return { environment, folder: `environments/${environment}` };
}

function projectText(directory: string, environment: string): string {
  const name = directory
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 60)
    .replaceAll(/^-+|-+$/g, '');
  return `${modeline('./.drover/schema/project.json')}
apiVersion: drover.dev/v1alpha1
kind: Project
metadata: {name: ${name === '' ? 'fleet' : name}}
spec:
  environments:
    ${environment}:
      folders: [environments/${environment}]
      cluster: ${environment} # a name in the controller's config: no address or token in git
      mode: Observe # nothing is written but git and forge, until you say Enforce
`;
}

export function sourceFile(file: string, text: string): SourceFile {
  const bytes = new TextEncoder().encode(text);
  return { path: file, bytes, blobId: gitBlobId(bytes) };
}

/** Files over those of the same path, sorted as a revision's are. */
export function withFiles(files: readonly SourceFile[], added: readonly SourceFile[]): SourceTree {
  const byPath = new Map([...files, ...added].map((file) => [file.path, file]));
  const sorted = [...byPath.values()].toSorted((a, b) =>
    Buffer.compare(Buffer.from(a.path), Buffer.from(b.path)),
  );
  return { commit: undefined, files: sorted };
}
