import type { Evaluator } from '../expression/create-evaluator.ts';
import { expandValue, type TemplateProblem } from '../expression/expand-template.ts';
import { hasExpression } from '../expression/scan-template.ts';
import { type Diagnostic, hasErrors, type Span } from '../model/diagnostic.ts';
import { findingOf } from '../model/diagnostic-code.ts';
import { isJsonObject, type Json } from '../model/json.ts';
import { stepInto } from '../model/json-values.ts';
import { mergeMaps } from '../model/merge-patch.ts';
import type { FieldPath, Resource } from '../model/resource.ts';
import { checkSchema } from './check-schema.ts';
import { schemaCodes, syntaxCodes } from './compile-codes.ts';
import type { Laid } from './overlay.ts';
import type { ParsedDocument } from './parse-file.ts';
import type { TextRange } from './place.ts';
import type { SchemaMismatch } from './schema-node.ts';

export interface Resolved {
  /** Absent when there are errors. */
  readonly resource?: Resource | undefined;
  /** The same, whatever was found; the paths of errors tell which parts break the schema. */
  readonly draft?: Resource;
  readonly findings: readonly PlacedFinding[];
}

/** A finding with the field that it is about. */
export interface PlacedFinding {
  readonly at: FieldPath;
  readonly diagnostic: Diagnostic;
}

/** Expands the expressions of a definition and checks its spec against its kind's schema. */
export function resolveResource(laid: Laid, evaluator: Evaluator): Resolved {
  const { definition, metadata, locate } = laid;
  const { kind } = definition;
  const deferred = kind.deferred ?? [];
  const findings: PlacedFinding[] = [];
  const expandAt = (text: string, at: FieldPath): Json => {
    const { value, problems } = expandValue(text, evaluator);
    findings.push(...problems.map((problem) => ({ at, diagnostic: problemIn(laid, at, text, problem) })));
    return value ?? text;
  };
  const expanded = expandDeep(laid.spec, ['spec'], { expandAt, deferred });
  const spec = kind.keepsNull === undefined ? expanded : mergeMaps({}, expanded);
  const failed = new Set(findings.map(({ at }) => JSON.stringify(at)));
  const isKnown = (at: FieldPath) => failed.has(JSON.stringify(at)) || isLater(at, spec, deferred);
  const mismatches = checkSchema(kind.schema, spec, { at: ['spec'], isKnown });
  findings.push(...mismatches.map((found) => ({ at: found.at, diagnostic: schemaFinding(found, laid) })));
  if (!isJsonObject(spec)) return { findings };
  const resource: Resource = { kind: kind.name, metadata, spec, path: definition.document.path, locate };
  const hasFailed = hasErrors(findings.map(({ diagnostic }) => diagnostic));
  const draft = isJsonObject(expanded) ? { ...resource, spec: expanded } : resource;
  return { findings, draft, ...(hasFailed ? {} : { resource }) };
}

/** A text of a deferred field whose expression may yet become what the schema wants. */
function isLater(at: FieldPath, spec: Json, deferred: readonly string[]): boolean {
  const [, field] = at;
  if (typeof field !== 'string' || !deferred.includes(field)) return false;
  const value = at.slice(1).reduce<Json | undefined>((inside, step) => stepInto(inside, step), spec);
  return typeof value === 'string' && hasExpression(value);
}

/** A problem of an expression of a definition, at its place. */
export function problemIn(laid: Laid, at: FieldPath, text: string, problem: TemplateProblem): Diagnostic {
  const exact = textSpanIn(laid.documents, at, { text, part: problem });
  return templateFinding(problem, text, { exact, whole: laid.locate(at) });
}

interface Expansion {
  readonly expandAt: (text: string, at: FieldPath) => Json;
  /** Spec fields, nested ones with dots, whose texts stay as they are. */
  readonly deferred: readonly string[];
}

function expandDeep(value: Json, at: FieldPath, expansion: Expansion): Json {
  if (expansion.deferred.includes(at.slice(1).join('.'))) return value;
  if (typeof value === 'string') return expansion.expandAt(value, at);
  if (Array.isArray(value))
    return value.map((item: Json, index) => expandDeep(item, [...at, index], expansion));
  if (!isJsonObject(value)) return value;
  const entries = Object.entries(value).map(([key, item]) => [
    key,
    expandDeep(item, [...at, key], expansion),
  ]);
  return Object.fromEntries(entries) as Json;
}

/** A problem of an expression, at the place of the expression or, where that is not known, of the whole text. */
export function templateFinding(
  problem: TemplateProblem,
  text: string,
  { exact, whole }: { readonly exact: Span | undefined; readonly whole: Span },
): Diagnostic {
  const line = text.slice(0, problem.start).split('\n').length;
  const where = exact === undefined && text.trimEnd().includes('\n') ? ` (line ${line} of the text)` : '';
  const { entry, hint, mistake } = problem;
  const span = exact ?? whole;
  const same = mistake === undefined ? {} : { mistake };
  return findingOf(entry, { span, message: `${problem.message}${where}`, hint, ...same });
}

/** The place of a part of a text as the last layer has it. */
export function textSpanIn(
  documents: readonly ParsedDocument[],
  at: FieldPath,
  { text, part }: { readonly text: string; readonly part: TextRange },
): Span | undefined {
  return documents.findLast((document) => document.span(at, 'value') !== undefined)?.textSpan(at, text, part);
}

export function schemaFinding(mismatch: SchemaMismatch, laid: Laid): Diagnostic {
  const { entry, at, part, message, hint } = mismatch;
  const span = laid.locate(at, part);
  const plain = entry === schemaCodes.type ? plainNumber(at, laid) : undefined;
  if (plain === undefined || !message.startsWith('expected a text'))
    return findingOf(entry, { span, message, hint });
  return findingOf(syntaxCodes.numberForText, {
    span,
    message: `${plain} without quotes is a number, and a text is wanted`,
    hint: `quote it: "${plain}"`,
  });
}

/** The digits of an unquoted number as the last layer has them. */
function plainNumber(at: FieldPath, laid: Laid): string | undefined {
  return laid.documents.findLast((document) => document.span(at, 'value') !== undefined)?.plain(at);
}
