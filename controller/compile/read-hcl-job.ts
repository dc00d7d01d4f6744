import { declaredVariables, jobVariables } from '../kinds/nomad-job/job-text.ts';
import { repositoryPath } from '../kinds/source-file.ts';
import type { Diagnostic, Span } from '../model/diagnostic.ts';
import { findingOf } from '../model/diagnostic-code.ts';
import type { Environment } from '../model/environment.ts';
import { isJsonObject, type Json } from '../model/json.ts';
import { didYouMean } from '../model/nearest.ts';
import { type Resource, type ResourceId, resourceId } from '../model/resource.ts';
import { hclJobCodes } from './compile-codes.ts';
import { guardHcl, hclFiles, resolveHclFile } from './hcl-guard.ts';
import { decodeUtf8 } from './parse-file.ts';

/** What Nomad's parser is asked: the shape of the parser port's request. */
export interface HclRequest {
  readonly path: string;
  readonly hcl: string;
  readonly variables: Readonly<Record<string, Json>>;
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/** A job that Nomad's own parser has to read. */
export interface HclJob {
  readonly id: ResourceId;
  /** Where the HCL begins: the first line of its file, or the inline text. */
  readonly at: Span;
  /** True when the text is a file of its own, so that its lines are the file's. */
  readonly isFile: boolean;
  readonly request: HclRequest;
}

interface HclText {
  readonly path: string;
  readonly text: string;
  readonly isFile: boolean;
  readonly at: Span;
}

export interface HclFiles {
  readonly fileByPath: ReadonlyMap<string, Uint8Array>;
  /** Files that are there and were too large to be read. */
  readonly unread: ReadonlySet<string>;
}

export interface ReadHclJob {
  readonly job?: HclJob;
  readonly diagnostics: readonly Diagnostic[];
  /** Set when its text, or a file that the text reads, is one of those that were not read. */
  readonly isUnread?: true;
}

/** The job of a resource with `spec.hcl`; none when the resource has no HCL, it can’t be read, or the guard refuses it. */
export function readHclJob(
  resource: Resource,
  environment: Environment,
  { fileByPath, unread }: HclFiles,
): ReadHclJob {
  const hcl = readText(resource, fileByPath);
  if (hcl === undefined)
    return { diagnostics: [], ...(isUnreadText(resource, unread) ? { isUnread: true } : {}) };
  const files = filesBeside(hcl, fileByPath);
  const large = unreadBeside(hcl, unread);
  const refused = guardHcl(hcl.path, hcl.text, new Set([...files.keys(), ...large])).map((finding) =>
    hcl.isFile ? finding : shifted(finding, hcl),
  );
  const variables = variableFindings(resource, hcl.text);
  const diagnostics = [...refused, ...variables];
  if (diagnostics.some(({ severity }) => severity === 'error')) return { diagnostics };
  if (large.length > 0) return { diagnostics, isUnread: true };
  const request: HclRequest = {
    path: hcl.path,
    hcl: hcl.text,
    variables: jobVariables(hcl.text, resource.spec, environment.vars),
    files,
  };
  return { job: { id: resourceId(resource), at: hcl.at, isFile: hcl.isFile, request }, diagnostics };
}

/** Missing and unreadable files are named by the kind's own check. */
function readText(resource: Resource, fileByPath: ReadonlyMap<string, Uint8Array>): HclText | undefined {
  const { hcl } = resource.spec;
  if (!isJsonObject(hcl)) return undefined;
  if (typeof hcl.inline === 'string') {
    const at = resource.locate(['spec', 'hcl', 'inline']);
    return { path: resource.path, text: hcl.inline, isFile: false, at };
  }
  const path = typeof hcl.file === 'string' ? repositoryPath(resource, hcl.file) : undefined;
  const bytes = path === undefined ? undefined : fileByPath.get(path);
  const text = bytes === undefined ? undefined : decodeUtf8(bytes);
  if (path === undefined || text === undefined) return undefined;
  return { path, text, isFile: true, at: { path, line: 1, column: 1, endLine: 1, endColumn: 1 } };
}

/** The files that the text may read with `file("literal")`, by that literal. Others are the guard's to refuse. */
function filesBeside(
  hcl: HclText,
  fileByPath: ReadonlyMap<string, Uint8Array>,
): ReadonlyMap<string, Uint8Array> {
  const found = new Map<string, Uint8Array>();
  for (const literal of hclFiles(hcl.path, hcl.text)) {
    const path = resolveHclFile(hcl.path, literal);
    const bytes = path === undefined ? undefined : fileByPath.get(path);
    if (bytes !== undefined) found.set(literal, bytes);
  }
  return found;
}

function isUnreadText(resource: Resource, unread: ReadonlySet<string>): boolean {
  const { hcl } = resource.spec;
  const path =
    isJsonObject(hcl) && typeof hcl.file === 'string' ? repositoryPath(resource, hcl.file) : undefined;
  return path !== undefined && unread.has(path);
}

/** The literals of `file("literal")` that name files which were not read. */
function unreadBeside(hcl: HclText, unread: ReadonlySet<string>): readonly string[] {
  if (unread.size === 0) return [];
  return hclFiles(hcl.path, hcl.text).filter((literal) => {
    const path = resolveHclFile(hcl.path, literal);
    return path !== undefined && unread.has(path);
  });
}

/** A finding of an inline text is told at the text, with its line. */
function shifted(finding: Diagnostic, hcl: HclText): Diagnostic {
  return { ...finding, span: hcl.at, message: `${finding.message} (line ${finding.span.line} of the text)` };
}

function variableFindings(resource: Resource, text: string): readonly Diagnostic[] {
  const declared = declaredVariables(text);
  const given = isJsonObject(resource.spec.variables) ? Object.keys(resource.spec.variables) : [];
  return given
    .filter((name) => !declared.includes(name))
    .map((name) =>
      findingOf(hclJobCodes.variable, {
        span: resource.locate(['spec', 'variables', name], 'key'),
        message: `the HCL declares no variable "${name}"`,
        hint: didYouMean(name, declared),
      }),
    );
}
