import type { CompiledEnvironment } from '../compile/compile-project.ts';
import type { ParsedDocument } from '../compile/parse-file.ts';
import type { AnyKind } from '../kinds/index.ts';
import type { KindName } from '../kinds/kind.ts';
import { isJsonObject, type Json } from '../model/json.ts';
import { didYouMean } from '../model/nearest.ts';
import { type FieldPath, type Resource, resourceId } from '../model/resource.ts';
import { findKinds } from './find-kinds.ts';

/** `job/shop/web.env.LOG_LEVEL`, read. */
export interface Question {
  readonly kinds: readonly AnyKind[];
  readonly name: string;
  readonly namespace: string | undefined;
  /** As written: keys may hold dots. */
  readonly field: string;
}

/** What one layer says of a field. */
export interface LayerValue {
  readonly path: string;
  readonly line: number;
  /** Before expressions; `undefined` when the layer takes away what is around it. */
  readonly value: Json | undefined;
}

export interface Answer {
  readonly environment: string;
  readonly id: string;
  readonly at: FieldPath;
  /** First to last: the last wins. */
  readonly layers: readonly LayerValue[];
  /** After layers and expressions; `undefined` when it is set by none, or the definition has findings. */
  readonly effective: Json | undefined;
  readonly isBroken: boolean;
}

const form = /^([\w-]+)\/(?:([\w-]+)\/)?([\w-]+)(?:\.(.+))?$/;

/** A kind in its own or a short name, a namespace where there is one, a name, and a field. */
export function readQuestion(text: string, kinds: ReadonlyMap<KindName, AnyKind>): Question | undefined {
  const [, word = '', namespace, name = '', field = ''] = form.exec(text) ?? [];
  const meant = findKinds(word, kinds);
  return name === '' || meant.length === 0 ? undefined : { kinds: meant, name, namespace, field };
}

/** Which layers of an environment set the field; `undefined` when it declares no such definition. */
export function answerWhere(compiled: CompiledEnvironment, question: Question): Answer | undefined {
  for (const kind of question.kinds) {
    const { name, namespace } = question;
    const metadata = kind.namespaced ? { name, namespace: namespace ?? 'default' } : { name };
    const id = resourceId({ kind: kind.name, metadata });
    const documents = compiled.documents.get(id);
    if (documents === undefined) continue;
    const resource = compiled.resources.find((each) => resourceId(each) === id);
    const values = documents.map(({ value }) => value);
    const at = fieldPath([...values, ...(resource === undefined ? [] : [valueOf(resource)])], question.field);
    return {
      environment: compiled.environment.name,
      id,
      at,
      layers: documents.flatMap((document) => layerValue(document, at)),
      effective: resource === undefined ? undefined : valueAt(valueOf(resource), at),
      isBroken: resource === undefined,
    };
  }
  return undefined;
}

/** The definition that was probably meant. */
export function nearestDefinition(compiled: CompiledEnvironment, question: Question): string | undefined {
  const names = new Set<string>(question.kinds.map(({ name }) => name));
  const ids = [...compiled.documents.keys()].filter((id) => names.has(id.split('/')[0] ?? ''));
  const namesake = ids.find((id) => id.split('/').at(-1) === question.name);
  if (namesake !== undefined) return `did you mean "${namesake}"?`;
  return didYouMean(
    question.name,
    ids.map((id) => id.split('/').at(-1) ?? ''),
  );
}

function valueOf({ metadata, spec }: Resource): Json {
  return { metadata: metadata as unknown as Json, spec };
}

function layerValue(document: ParsedDocument, at: FieldPath): readonly LayerValue[] {
  if (document.through !== undefined) return memberValue(document, document.through(at), at);
  const { value, depth } = stepInto(document.value, at);
  // A map in the place is merged over; anything else on the way takes its place.
  if (depth < at.length && (value === undefined || isJsonObject(value))) return [];
  const reached = at.slice(0, depth);
  const span = document.span(reached, depth === at.length ? 'key' : 'value') ?? document.span([], 'value');
  return [{ path: document.path, line: span?.line ?? 1, value: depth === at.length ? value : undefined }];
}

/** What a group's template or one of its members says. */
function memberValue(
  document: ParsedDocument,
  inside: FieldPath | undefined,
  at: FieldPath,
): readonly LayerValue[] {
  const span = document.span(at, 'key');
  if (inside === undefined || span === undefined) return [];
  const { value, depth } = stepInto(document.value, inside);
  return depth < inside.length ? [] : [{ path: document.path, line: span.line, value }];
}

function valueAt(root: Json, at: FieldPath): Json | undefined {
  const { value, depth } = stepInto(root, at);
  return depth < at.length ? undefined : value;
}

/** How far a path leads into a value, and what is there. */
function stepInto(root: Json, at: FieldPath): { readonly value: Json | undefined; readonly depth: number } {
  let value: Json | undefined = root;
  for (const [depth, step] of at.entries()) {
    const next: Json | undefined = Array.isArray(value)
      ? (value as readonly Json[])[Number(step)]
      : isJsonObject(value) && Object.hasOwn(value, step)
        ? value[step]
        : undefined;
    if (next === undefined) return { value, depth };
    value = next;
  }
  return { value, depth: at.length };
}

/**
 * The path of a field as it is written: below `spec` unless it says otherwise; of keys with dots the longest that exists, or in
 * double quotes.
 */
function fieldPath(values: readonly Json[], written: string): FieldPath {
  const rooted = /^(?:spec|metadata)(?:\.|$)/.test(written)
    ? written
    : written === ''
      ? 'spec'
      : `spec.${written}`;
  const segments = [...rooted.matchAll(/"([^"]*)"|[^.[\]"]+/g)].map(([all, quoted]) => ({
    text: quoted ?? all,
    isQuoted: quoted !== undefined,
  }));
  const path: string[] = [];
  for (let index = 0; index < segments.length; ) {
    const keys = new Set(values.flatMap((value) => keysAt(value, path)));
    const rest = segments.slice(index);
    const length =
      rest[0]?.isQuoted === true
        ? 1
        : longestKey(
            rest.map(({ text }) => text),
            keys,
          );
    path.push(
      rest
        .slice(0, length)
        .map(({ text }) => text)
        .join('.'),
    );
    index += length;
  }
  return path;
}

function longestKey(segments: readonly string[], keys: ReadonlySet<string>): number {
  for (let length = segments.length; length > 1; length--) {
    if (keys.has(segments.slice(0, length).join('.'))) return length;
  }
  return 1;
}

function keysAt(value: Json, path: readonly string[]): readonly string[] {
  const found = stepInto(value, path);
  return found.depth === path.length && isJsonObject(found.value) ? Object.keys(found.value) : [];
}
