import type { Evaluator } from '../expression/create-evaluator.ts';
import type { ServerFacts } from '../expression/scope.ts';
import type { Draft } from '../kinds/kind.ts';
import { type Diagnostic, hasErrors } from '../model/diagnostic.ts';
import type { Environment } from '../model/environment.ts';
import { type Resource, type ResourceId, resourceId } from '../model/resource.ts';
import type { SourceFile, SourceTree } from '../model/source.ts';
import type { MissingLayers } from './check-project.ts';
import type { Kinds, ReadFile } from './definition.ts';
import { overlay } from './overlay.ts';
import type { ParsedDocument } from './parse-file.ts';
import { type HclJob, readHclJob } from './read-hcl-job.ts';
import { readLayers } from './read-layers.ts';
import { resolveAll } from './resolve-all.ts';
import { shadowTraps } from './shadow-traps.ts';
import { mayDefine, unreadFiles, unreadFinding } from './unread-files.ts';

/** What one environment declares, as far as it can be used. */
export interface CompiledEnvironment {
  readonly environment: Environment;
  /** The Project, as far as it fits its schema. */
  readonly project: Resource;
  /** Sorted by id; those with errors are left out. */
  readonly resources: readonly Resource[];
  /** What can be read of those with errors. */
  readonly drafts: readonly Draft[];
  readonly hclJobs: readonly HclJob[];
  /** Findings of this environment alone, each with its name. */
  readonly diagnostics: readonly Diagnostic[];
  /** Declared, but not usable: nothing is concluded from their absence. */
  readonly brokenIds: ReadonlySet<ResourceId>;
  /** True when a document could not even be told what it declares. */
  readonly hasUnknown: boolean;
  /** Evaluates the expressions that are resolved later, for one server. */
  readonly evaluator: Evaluator;
  readonly servers: ReadonlyMap<string, ServerFacts>;
  /** The documents that each resource was laid from. */
  readonly documents: ReadonlyMap<ResourceId, readonly ParsedDocument[]>;
}

/** Layers, patches, expressions, schemas: everything of one environment that needs no other program. */
export function compileEnvironment(
  environment: Environment,
  source: SourceTree,
  request: {
    readonly read: (file: SourceFile) => ReadFile;
    readonly kinds: Kinds;
    readonly project: Resource;
    /** Those of all environments. */
    readonly folders: readonly string[];
    /** Whether there may be definitions that no folder shows, and where they would come. */
    readonly missing: MissingLayers | undefined;
  },
): CompiledEnvironment {
  const { layers, broken: read, diagnostics } = readLayers(environment, source, request);
  const unread = unreadFiles(environment, source, request.folders);
  const known = { ...read, hasUnknown: read.hasUnknown || unread.some(mayDefine) };
  const before = { ...known, hasUnknown: known.hasUnknown || request.missing === 'earlier' };
  const broken = { ...known, hasUnknown: known.hasUnknown || request.missing !== undefined };
  const overlaid = overlay(layers, before);
  const resolved = resolveAll(environment, overlaid, request.kinds);
  const fileByPath = new Map(source.files.map(({ path, bytes }) => [path, bytes]));
  const unreadPaths = new Set(unread.map(({ path }) => path));
  const jobs = new Map(
    resolved.resources.map((resource) => [
      resource,
      readHclJob(resource, environment, { fileByPath, unread: unreadPaths }),
    ]),
  );
  const refused = [...jobs].flatMap(([resource, { diagnostics: found, isUnread }]) =>
    isUnread === true || hasErrors(found) ? [resource] : [],
  );
  const found = [
    ...diagnostics,
    ...unread.map((file) => unreadFinding(file)),
    ...overlaid.diagnostics,
    ...resolved.diagnostics,
    ...[...jobs.values()].flatMap((job) => job.diagnostics),
  ];
  return {
    environment,
    project: request.project,
    resources: resolved.resources.filter((resource) => !refused.includes(resource)),
    drafts: [...resolved.drafts, ...refused.map((resource) => ({ resource, isSound: () => true }))],
    hclJobs: [...jobs.values()].flatMap(({ job }) => job ?? []),
    diagnostics: shadowTraps(found).map((finding) => ({ ...finding, environment: environment.name })),
    brokenIds: new Set([...resolved.brokenIds, ...refused.map((resource) => resourceId(resource))]),
    hasUnknown: broken.hasUnknown || resolved.hasUnknown,
    evaluator: resolved.evaluator,
    servers: resolved.servers,
    documents: new Map(resolved.laid.map(({ id, documents }) => [id, documents])),
  };
}
