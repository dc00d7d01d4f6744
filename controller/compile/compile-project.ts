import { kinds as registry } from '../kinds/index.ts';
import { compareDiagnostics, type Diagnostic } from '../model/diagnostic.ts';
import { findingOf } from '../model/diagnostic-code.ts';
import type { Resource } from '../model/resource.ts';
import type { SourceFile, SourceTree } from '../model/source.ts';
import { checkProject } from './check-project.ts';
import { checkSharedClusters } from './check-shared-clusters.ts';
import { layoutCodes } from './compile-codes.ts';
import { type CompiledEnvironment, compileEnvironment } from './compile-environment.ts';
import { type Kinds, nearestSpan, type ReadFile } from './definition.ts';
import { isYaml, layerOf } from './folder-path.ts';
import { hoistShared } from './merge-diagnostics.ts';
import type { ParseMemo } from './parse-file.ts';
import { readFile } from './read-file.ts';
import { projectPath, readProject } from './read-project.ts';
import { unreadFinding } from './unread-files.ts';

export type { CompiledEnvironment } from './compile-environment.ts';
export type { HclJob } from './read-hcl-job.ts';

export interface CompiledProject {
  /** Absent when drover.yaml can't be read; then there are no environments. */
  readonly project: Resource | undefined;
  /** The Project's name; `''` without one. */
  readonly fleetName: string;
  readonly environments: ReadonlyMap<string, CompiledEnvironment>;
  /** Findings that hold for every environment, each once. */
  readonly diagnostics: readonly Diagnostic[];
}

export interface CompileOptions {
  /** The version that `spec.drover` is held against; not checked when absent. */
  readonly droverVersion?: string;
  readonly kinds?: Kinds;
  /** Parsed files of former runs. */
  readonly memo?: ParseMemo;
}

/** Definitions to resources, for all environments at once. Pure; never throws, whatever the bytes are. */
export function compileProject(source: SourceTree, options: CompileOptions = {}): CompiledProject {
  const { kinds = registry, memo, droverVersion } = options;
  const read = createReader(kinds, memo);
  const { project, diagnostics } = readProject(source, kinds, memo);
  if (project === undefined) {
    const others = (source.unread ?? []).filter(({ path }) => path !== projectPath);
    const found = [
      ...diagnostics,
      ...findingsOfAll(source, read),
      ...others.map((file) => unreadFinding(file)),
    ];
    return { project, fleetName: '', environments: new Map(), diagnostics: found.sort(compareDiagnostics) };
  }
  const checked = checkProject(project, source, droverVersion);
  const folders = [...new Set(checked.environments.flatMap((environment) => environment.folders))];
  const compiled = checked.environments.map((environment) =>
    compileEnvironment(environment, source, {
      folders,
      read,
      kinds,
      project,
      missing: checked.incomplete.get(environment.name),
    }),
  );
  const hoisted = hoistShared(compiled.map((environment) => environment.diagnostics));
  const found = [
    ...diagnostics,
    ...checked.diagnostics,
    ...checkSharedClusters(project, compiled, kinds),
    ...(checked.incomplete.size === 0 ? unread(source, folders, read) : []),
    ...hoisted.shared,
  ];
  return {
    project,
    fleetName: project.metadata.name,
    environments: new Map(
      compiled.map((environment, index) => [
        environment.environment.name,
        { ...environment, diagnostics: hoisted.own[index] ?? [] },
      ]),
    ),
    diagnostics: found.sort(compareDiagnostics),
  };
}

/** Each file is read once, however many environments it is in. */
function createReader(kinds: Kinds, memo: ParseMemo | undefined): (file: SourceFile) => ReadFile {
  const known = new Map<SourceFile, ReadFile>();
  return (file) => {
    const found = known.get(file) ?? readFile(file, kinds, memo);
    known.set(file, found);
    return found;
  };
}

/** Without a project nobody knows the folders: all that can be said is what is wrong with each document by itself. */
function findingsOfAll(source: SourceTree, read: (file: SourceFile) => ReadFile): readonly Diagnostic[] {
  return definitionFiles(source).flatMap((file) => read(file).diagnostics);
}

function definitionFiles(source: SourceTree): readonly SourceFile[] {
  return source.files.filter(({ path }) => isYaml(path) && path !== projectPath && !/(?:^|\/)\./.test(path));
}

function unread(
  source: SourceTree,
  folders: readonly string[],
  read: (file: SourceFile) => ReadFile,
): readonly Diagnostic[] {
  return definitionFiles(source)
    .filter(({ path }) => layerOf(path, folders) === undefined)
    .flatMap((file) => read(file).definitions.slice(0, 1))
    .map(({ document, id }) =>
      findingOf(layoutCodes.unread, {
        span: nearestSpan(document, ['kind'], 'value'),
        message: `no environment reads ${id}`,
      }),
    );
}
