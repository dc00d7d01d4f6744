import { withViews } from '../kinds/fleet-views.ts';
import type { Fleet } from '../kinds/kind.ts';
import { withArticle } from '../model/article.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { findingOf } from '../model/diagnostic-code.ts';
import { isJsonObject, type Json, type JsonObject } from '../model/json.ts';
import type { FieldPath, Resource } from '../model/resource.ts';
import type { SourceTree } from '../model/source.ts';
import { checkSchema } from './check-schema.ts';
import { layoutCodes } from './compile-codes.ts';
import { type Definition, type Kinds, nearestSpan } from './definition.ts';
import { overlay } from './overlay.ts';
import type { ParseMemo } from './parse-file.ts';
import { startOf } from './place.ts';
import { readEnvironment } from './read-environment.ts';
import { readFile } from './read-file.ts';
import { schemaFinding } from './resolve-resource.ts';
import type { SchemaMismatch } from './schema-node.ts';
import { shadowTraps } from './shadow-traps.ts';
import { unreadFinding } from './unread-files.ts';

export const projectPath = 'drover.yaml';

export interface ReadProject {
  /** Absent when there is no readable Project. Fields that break the schema are left out of its spec. */
  readonly project?: Resource;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads `drover.yaml` at the root. */
export function readProject(source: SourceTree, kinds: Kinds, memo?: ParseMemo): ReadProject {
  const file = source.files.find(({ path }) => path === projectPath);
  const unread = source.unread?.find(({ path }) => path === projectPath);
  if (unread !== undefined) return { diagnostics: [unreadFinding(unread)] };
  if (file === undefined) {
    const message = 'there is no drover.yaml at the root of the repository';
    return { diagnostics: [findingOf(layoutCodes.noProject, { span: startOf(projectPath), message })] };
  }
  const { definitions, diagnostics } = readFile(file, kinds, memo);
  const projects = definitions.filter(({ kind }) => kind.name === 'Project');
  const strangers = definitions.filter(({ kind }) => kind.name !== 'Project');
  const others = [...projects.slice(1), ...strangers].map((definition) => misplaced(definition));
  const [definition] = projects;
  if (definition !== undefined) return checkProject(definition, [...diagnostics, ...others]);
  return { diagnostics: [...diagnostics, ...others, ...(diagnostics.length > 0 ? [] : [noProject()])] };
}

function noProject(): Diagnostic {
  const message = 'drover.yaml has no document of kind Project';
  return findingOf(layoutCodes.noProject, { span: startOf(projectPath), message });
}

/** A Project elsewhere, a second one, or something else in `drover.yaml`. */
export function misplaced(definition: Definition): Diagnostic {
  const isProject = definition.kind.name === 'Project';
  return findingOf(layoutCodes.notProject, {
    span: nearestSpan(definition.document, ['kind'], 'value'),
    message: isProject
      ? 'there is one Project, in drover.yaml at the root, and this is another'
      : `drover.yaml holds the Project alone, and this is ${withArticle(definition.kind.name)}`,
  });
}

function checkProject(definition: Definition, before: readonly Diagnostic[]): ReadProject {
  const [laid] = overlay([[definition]], { ids: new Set(), hasUnknown: false }).laid;
  if (laid === undefined) return { diagnostics: before };
  const { metadata, spec, locate } = laid;
  const mismatches = checkSchema(definition.kind.schema, spec, { at: ['spec'] });
  const project: Resource = {
    kind: 'Project',
    metadata,
    spec: withoutMismatches(spec, mismatches),
    path: projectPath,
    locate,
  };
  const found = mismatches.map((mismatch) => schemaFinding(mismatch, laid));
  const isCheckable = isJsonObject(project.spec.environments);
  const checked = isCheckable ? (definition.kind.check?.(project, emptyFleet(metadata.name)) ?? []) : [];
  return { project, diagnostics: shadowTraps([...before, ...found, ...checked]) };
}

/** The Project is checked before there is any fleet. */
function emptyFleet(fleet: string): Fleet {
  return withViews(
    {
      environment: readEnvironment('', {}, { fleet, folders: [] }),
      resources: [],
      byKind: () => [],
      find: () => undefined,
      file: () => undefined,
      parsedJob: () => undefined,
      expand: (text) => ({ text, secrets: [], diagnostics: [] }),
    },
    new Map(),
  );
}

/** The spec without the fields that something was said of: what is left has the types of its schema. */
function withoutMismatches(spec: JsonObject, mismatches: readonly SchemaMismatch[]): JsonObject {
  return mismatches.reduce<JsonObject>((rest, mismatch) => {
    const without = mismatch.part === 'value' ? withoutField(rest, leftOut(mismatch.at).slice(1)) : rest;
    return isJsonObject(without) ? without : rest;
  }, spec);
}

/** A choice by labels without one of them is another choice: what chooses by them is left out with it. */
function leftOut(at: FieldPath): FieldPath {
  const labels = at.indexOf('matchLabels');
  return labels < 0 ? at : at.slice(0, labels);
}

function withoutField(value: Json, path: FieldPath): Json {
  const [step, ...rest] = path;
  if (step === undefined || !isJsonObject(value)) return value;
  const entries = Object.entries(value).flatMap(([key, item]): [string, Json][] => {
    if (key !== String(step)) return [[key, item]];
    // Inside a list the whole list goes: an index would point elsewhere.
    return rest.length === 0 || !isJsonObject(item) ? [] : [[key, withoutField(item, rest)]];
  });
  return Object.fromEntries(entries);
}
