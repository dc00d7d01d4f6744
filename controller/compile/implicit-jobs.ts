import posix from 'node:path/posix';
import { hasExpression } from '../expression/scan-template.ts';
import { createHclPlaces } from '../kinds/nomad-job/hcl-places.ts';
import type { Diagnostic, Span } from '../model/diagnostic.ts';
import { findingOf } from '../model/diagnostic-code.ts';
import { isJsonObject, type JsonObject } from '../model/json.ts';
import { apiVersion, type FieldPath, isLabel, type ResourceId, resourceId } from '../model/resource.ts';
import type { SourceFile } from '../model/source.ts';
import { createTextSpans } from '../model/text-spans.ts';
import { layoutCodes, schemaCodes } from './compile-codes.ts';
import type { Definition, Kinds } from './definition.ts';
import type { ParsedDocument } from './parse-file.ts';
import { startOf } from './place.ts';

/** So far into a file a job's first line is looked for. */
const maxLook = 256 * 1024;

type Layers = readonly (readonly Definition[])[];

/**
 * A NomadJob for each `x.nomad.hcl` that no NomadJob names. Its name is that of the file, its namespace and id those that the
 * text says.
 */
export function implicitJobs(
  layers: Layers,
  files: readonly (readonly SourceFile[])[],
  kinds: Kinds,
): { readonly layers: Layers; readonly diagnostics: readonly Diagnostic[] } {
  const kind = kinds.get('NomadJob');
  const diagnostics: Diagnostic[] = [];
  if (kind === undefined) return { layers: files.map(() => []), diagnostics };
  const named = namedFiles(layers);
  const lost = lostJobs(layers, files);
  const found = files.map((layer) =>
    layer.flatMap((file): Definition[] => {
      if (named.has(file.path)) return [];
      const definition = implicitJob(file, kind);
      if (lost.has(definition.id)) return [];
      if (!isLabel(definition.name)) {
        const message = `the file's name would name a job "${definition.name}", which is not a DNS label`;
        diagnostics.push(findingOf(schemaCodes.name, { span: startOf(file.path), message }));
        return [];
      }
      return [definition];
    }),
  );
  return { layers: found, diagnostics };
}

/** NomadJobs that name no file that is there: a file of the same job is theirs, and what they lack is told of them. */
function lostJobs(layers: Layers, files: readonly (readonly SourceFile[])[]): ReadonlySet<ResourceId> {
  const known = new Set(files.flat().map(({ path }) => path));
  const jobs = layers.flat().filter(({ kind }) => kind.name === 'NomadJob');
  return new Set(
    [...Map.groupBy(jobs, ({ id }) => id)].flatMap(([id, stack]) => {
      const isDeclared = stack.some(({ patch }) => patch === 'none');
      const hasText = stack.some(({ value }) => isJsonObject(value.spec) && hasJobText(value.spec));
      const hasFile = [...namedFiles([stack])].some((file) => known.has(file));
      return isDeclared && !hasText && !hasFile ? [id] : [];
    }),
  );
}

function hasJobText({ hcl, json }: JsonObject): boolean {
  return json !== undefined || (isJsonObject(hcl) && hcl.inline !== undefined);
}

/** Files that hold a job by another name than jobs are read by, and that no NomadJob names. */
export function unreadJobs(layers: Layers, files: readonly (readonly SourceFile[])[]): readonly Diagnostic[] {
  const candidates = files.flat().filter(({ path }) => /(?<!\.nomad)\.hcl$|\.nomad$/.test(path));
  if (candidates.length === 0) return [];
  const named = namedFiles(layers);
  // An expression may name any of them.
  if ([...named].some((file) => hasExpression(file))) return [];
  return candidates.flatMap((file) => {
    const text = new TextDecoder().decode(file.bytes.subarray(0, maxLook));
    const found = named.has(file.path) ? null : /^job[ \t]+"?([\w./-]+)"?[ \t]*\{/m.exec(text);
    if (found === null) return [];
    const line = text.slice(0, found.index).split('\n').length;
    const span = { path: file.path, line, column: 1, endLine: line, endColumn: found[0].length + 1 };
    const own = `${posix.basename(file.path).replace(/\.(?:hcl|nomad)$/, '')}.nomad.hcl`;
    const message = `the job ${found[1] ?? ''} is not read: the name of its file does not end in .nomad.hcl`;
    const hint = `call the file ${own}, or name it in spec.hcl.file of a NomadJob`;
    return [findingOf(layoutCodes.unreadJob, { span, message, hint })];
  });
}

/** The repository paths that NomadJobs name in `hcl.file`; a patch's path starts where its target was declared. */
function namedFiles(layers: Layers): ReadonlySet<string> {
  const named = new Set<string>();
  const folderById = new Map<ResourceId, string>();
  for (const definition of layers.flat()) {
    const own = posix.dirname(definition.document.path);
    const folder = definition.patch === 'none' ? own : (folderById.get(definition.id) ?? own);
    if (!folderById.has(definition.id)) folderById.set(definition.id, folder);
    const file = hclFileOf(definition.value);
    if (file !== undefined) named.add(posix.normalize(posix.join(folder, file)));
  }
  return named;
}

function hclFileOf(value: JsonObject): string | undefined {
  const { spec } = value;
  if (!isJsonObject(spec) || !isJsonObject(spec.hcl)) return undefined;
  return typeof spec.hcl.file === 'string' ? spec.hcl.file : undefined;
}

function implicitJob(file: SourceFile, kind: Definition['kind']): Definition {
  const base = posix.basename(file.path);
  const name = base.slice(0, -'.nomad.hcl'.length);
  const text = new TextDecoder().decode(file.bytes);
  const { id, namespace } = readHeader(text);
  const value: JsonObject = {
    apiVersion,
    kind: kind.name,
    metadata: { name, namespace },
    spec: { hcl: { file: base }, ...(id === undefined || id === name ? {} : { jobId: id }) },
  };
  const document: ParsedDocument = {
    path: file.path,
    value,
    isBroken: false,
    span: (path) => (path.length === 0 ? startOf(file.path) : spanInText(file.path, text, path)),
    plain: () => undefined,
    textSpan: () => undefined,
  };
  const metadata = { name, namespace };
  return {
    id: resourceId({ kind: kind.name, metadata }),
    kind,
    name,
    namespace,
    patch: 'none',
    value,
    document,
  };
}

/** What a definition would say of itself, the text says in the job's first lines. */
function spanInText(path: string, text: string, [part, field]: FieldPath): Span | undefined {
  if (part !== 'metadata' && field !== 'jobId') return undefined;
  const place = field === 'namespace' ? { attribute: 'namespace' } : {};
  const range = createHclPlaces(text).locate(place);
  return range === undefined ? undefined : createTextSpans(path, text).between(range.start, range.end);
}

/** The job's id and namespace where they are written out before the first group; Nomad's own reading is checked against them. */
function readHeader(text: string): { readonly id: string | undefined; readonly namespace: string } {
  const lines = text.split('\n', 2000).filter((line) => !/^\s*(?:#|\/\/)/.test(line));
  const start = lines.findIndex((line) => /^\s*job\s+"/.test(line));
  const body = lines.slice(Math.max(start, 0));
  const end = body.findIndex((line) => /^\s*(?:group|task|meta|parameterized|periodic)\b/.test(line));
  const header = body.slice(0, end < 0 ? undefined : end);
  const id = /^\s*job\s+"([^"$%]{1,128})"/.exec(header[0] ?? '')?.[1];
  const namespaces = header.map((line) => /^\s*namespace\s*=\s*"([^"$%]{1,128})"/.exec(line)?.[1]);
  return { id, namespace: namespaces.find((found) => found !== undefined) ?? 'default' };
}
