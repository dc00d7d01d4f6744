import { type Expansion, expandText } from '../expression/expand-template.ts';
import { withViews } from '../kinds/fleet-views.ts';
import { kinds as registry } from '../kinds/index.ts';
import type { DefinitionSource, ExpandedText, Fleet, KindName } from '../kinds/kind.ts';
import type { ProjectSpec } from '../kinds/project/schema.ts';
import { repositoryPath } from '../kinds/source-file.ts';
import type { Diagnostic, Span } from '../model/diagnostic.ts';
import { findingOf } from '../model/diagnostic-code.ts';
import { isJsonObject, type Json, type JsonObject } from '../model/json.ts';
import { type Resource, type ResourceId, resourceId } from '../model/resource.ts';
import type { SourceTree } from '../model/source.ts';
import { hclJobCodes } from './compile-codes.ts';
import type { CompiledEnvironment } from './compile-environment.ts';
import { type Kinds, nearestSpan } from './definition.ts';
import { decodeUtf8, type ParsedDocument } from './parse-file.ts';
import type { TextRange } from './place.ts';
import type { HclJob } from './read-hcl-job.ts';
import { templateFinding, textSpanIn } from './resolve-resource.ts';

/** What became of one parse: the shape of the parser port's outcome. */
export type HclOutcome =
  | { readonly ok: true; readonly job: JsonObject }
  | { readonly ok: false; readonly message: string; readonly line: number; readonly column: number };

/**
 * The fleet of one environment, with the jobs that Nomad's parser has read. A job that it refused is left out, with a finding
 * at the place that Nomad names.
 */
export function createFleet(
  compiled: CompiledEnvironment,
  source: SourceTree,
  parsed: ReadonlyMap<ResourceId, HclOutcome>,
  kinds: Kinds = registry,
): { readonly fleet: Fleet; readonly diagnostics: readonly Diagnostic[] } {
  const failures = compiled.hclJobs.flatMap((job): (readonly [ResourceId, Diagnostic])[] => {
    const outcome = parsed.get(job.id);
    return outcome === undefined || outcome.ok ? [] : [[job.id, parseFinding(job, outcome, compiled)]];
  });
  const failed = new Set(failures.map(([id]) => id));
  const [unread, resources] = divide(compiled.resources, (resource) => failed.has(resourceId(resource)));
  const byKind = Map.groupBy(resources, ({ kind }) => kind);
  const byId = new Map(resources.map((resource) => [resourceId(resource), resource]));
  const files = new Map(source.files.map(({ path, bytes }) => [path, bytes]));
  const unreadPaths = new Set(source.unread?.map(({ path }) => path));
  const broken = new Set([...compiled.brokenIds, ...failed]);
  const fleet = withViews(
    {
      environment: compiled.environment,
      // Fields of it that break the schema were left out.
      project: compiled.project as unknown as Resource<ProjectSpec>,
      resources,
      drafts: [...compiled.drafts, ...unread.map((resource) => ({ resource, isSound: () => true }))],
      // The schema of the kind was checked, so its resources have the type that the kind asks for.
      byKind: <S>(kind: string) => (byKind.get(kind) ?? []) as unknown as readonly Resource<S>[],
      find: <S>(kind: (typeof resources)[number]['kind'], name: string, namespace?: string) =>
        byId.get(idOf(kinds, { kind, name, namespace })) as Resource<S> | undefined,
      sources: (id) => (compiled.documents.get(id) ?? []).map(sourceOf),
      file: (path) => files.get(path),
      isUnread: (path) => unreadPaths.has(path),
      parsedJob: (id: ResourceId) => {
        const outcome = parsed.get(id);
        return outcome?.ok === true ? outcome.job : undefined;
      },
      expand: (text, context) => expandFor(compiled, text, { context, files }),
      isBroken: (id) => compiled.hasUnknown || broken.has(id),
      mayMiss: (kind) => compiled.hasUnknown || [...broken].some((id) => mayConcern(id, kind, kinds)),
    },
    kinds,
  );
  return { fleet, diagnostics: failures.map(([, finding]) => finding) };
}

function divide<Item>(items: readonly Item[], isFirst: (item: Item) => boolean): readonly [Item[], Item[]] {
  const { first = [], second = [] } = Object.groupBy(items, (item) => (isFirst(item) ? 'first' : 'second'));
  return [first, second];
}

/** What stands for others may be missed as any of them. */
function mayConcern(id: ResourceId, kind: string, kinds: Kinds): boolean {
  const [broken] = id.split('/');
  return (
    broken === kind ||
    [...kinds.values()].some((other) => other.name === broken && other.expand !== undefined)
  );
}

function sourceOf(document: ParsedDocument): DefinitionSource {
  const kind = isJsonObject(document.value) ? document.value['kind'] : undefined;
  return {
    path: document.path,
    kind: typeof kind === 'string' ? kind : undefined,
    locate: (at) => nearestSpan(document, at, 'value'),
    locateText: (at, text, part) => document.textSpan(at, text, part),
  };
}

/** Kinds that live in a namespace are found in `default` when none is named. */
function idOf(kinds: Kinds, at: { kind: string; name: string; namespace: string | undefined }): ResourceId {
  const { kind, name, namespace } = at;
  const isNamespaced = kinds.get(kind as KindName)?.namespaced === true;
  return resourceId({
    kind,
    metadata: isNamespaced ? { name, namespace: namespace ?? 'default' } : { name },
  });
}

function expandFor(
  compiled: CompiledEnvironment,
  text: string,
  { context, files }: { context: Parameters<Fleet['expand']>[1]; files: ReadonlyMap<string, Uint8Array> },
): ExpandedText {
  const { server, at, field } = context;
  const facts = server === undefined ? undefined : compiled.servers.get(server);
  const expansion: Expansion<string> = expandText(text, compiled.evaluator, facts);
  const spanOf = (part: TextRange): Span | undefined => {
    const documents = compiled.documents.get(resourceId(at)) ?? [];
    return textSpanIn(documents, field, { text, part }) ?? spanInFile(context, { text, part, files });
  };
  return {
    // A text with problems is shown as it is: the findings stop what would be made of it.
    text: expansion.value ?? text,
    secrets: expansion.secrets,
    diagnostics: expansion.problems.map((problem) => ({
      ...templateFinding(problem, text, { exact: spanOf(problem), whole: at.locate(field) }),
      environment: compiled.environment.name,
    })),
  };
}

/** The place in a template file that the field names. */
function spanInFile(
  { at, field }: Parameters<Fleet['expand']>[1],
  { text, part, files }: { text: string; part: TextRange; files: ReadonlyMap<string, Uint8Array> },
): Span | undefined {
  const named = field.slice(1).reduce<Json | undefined>((value, step) => fieldOf(value, step), at.spec);
  const path = typeof named === 'string' ? repositoryPath(at, named) : undefined;
  const bytes = path === undefined ? undefined : files.get(path);
  if (path === undefined || bytes === undefined || decodeUtf8(bytes) !== text) return undefined;
  const [start, end] = [part.start, part.end].map((offset) => text.slice(0, offset).split('\n'));
  const columnOf = (lines: readonly string[] | undefined) => (lines?.at(-1)?.length ?? 0) + 1;
  return {
    path,
    line: start?.length ?? 1,
    column: columnOf(start),
    endLine: end?.length ?? 1,
    endColumn: columnOf(end),
  };
}

function fieldOf(value: Json | undefined, step: string | number): Json | undefined {
  if (!isJsonObject(value)) return undefined;
  return Object.hasOwn(value, step) ? value[step] : undefined;
}

function parseFinding(
  job: HclJob,
  outcome: Extract<HclOutcome, { ok: false }>,
  compiled: CompiledEnvironment,
): Diagnostic {
  const message = job.isFile ? outcome.message : `${outcome.message} (line ${outcome.line} of the text)`;
  return findingOf(hclJobCodes.parse, {
    span: job.isFile ? lineSpan(job, outcome) : job.at,
    message,
    hint: parseHint(outcome.message, lineOf(job, outcome.line)),
    environment: compiled.environment.name,
  });
}

/** What to write where Nomad only says what it did not find. */
function parseHint(said: string, line: string): string | undefined {
  if (line.includes('${{')) {
    return 'HCL has no ${{ }}: declare `variable "domain" { type = string }` and write ${var.domain}; vars of the environment fill it';
  }
  const unset = /^Unset variable "([^"]+)"/.exec(said)?.[1];
  if (unset !== undefined) {
    return `set ${unset} in the environment’s vars or in spec.variables of the NomadJob, or give it a default`;
  }
  const undeclared = /\bvar\.(\w+)/.exec(line)?.[1];
  return undeclared !== undefined && said.startsWith('Unsupported attribute')
    ? `declare \`variable "${undeclared}" {}\`, or correct the name`
    : undefined;
}

function lineOf(job: HclJob, line: number): string {
  return job.request.hcl.split('\n')[line - 1]?.trimEnd() ?? '';
}

/** From the place that Nomad names to the end of that line. */
function lineSpan(job: HclJob, { line, column }: { line: number; column: number }): Span {
  const text = lineOf(job, line);
  return { path: job.at.path, line, column, endLine: line, endColumn: Math.max(column + 1, text.length + 1) };
}
