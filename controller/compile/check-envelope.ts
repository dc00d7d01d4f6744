import { Type } from 'typebox';
import type { AnyKind } from '../kinds/index.ts';
import type { KindName } from '../kinds/kind.ts';
import { withArticle } from '../model/article.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { findingOf } from '../model/diagnostic-code.ts';
import { isJsonObject, type JsonObject } from '../model/json.ts';
import { didYouMean, nearestWord } from '../model/nearest.ts';
import {
  apiVersion,
  type FieldPath,
  isLabel,
  labelFor,
  type ResourceId,
  resourceId,
} from '../model/resource.ts';
import { checkSchema } from './check-schema.ts';
import { layoutCodes, schemaCodes } from './compile-codes.ts';
import { type Definition, type Kinds, nearestSpan, type PatchMode } from './definition.ts';
import { kindForWord } from './other-words.ts';
import type { ParsedDocument } from './parse-file.ts';
import type { SchemaMismatch } from './schema-node.ts';

export const patchAnnotation = 'drover.dev/patch';

const group = 'drover.dev/';
const texts = Type.Record(Type.String(), Type.String());
const name = Type.String({ description: 'The name, unique among its kind.' });

const envelope = Type.Object(
  {
    apiVersion: Type.String(),
    kind: Type.String(),
    metadata: Type.Object(
      {
        name,
        namespace: Type.Optional(name),
        labels: Type.Optional(texts),
        annotations: Type.Optional(texts),
      },
      { additionalProperties: false, description: 'Name, namespace, labels and annotations.' },
    ),
    spec: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
  },
  { additionalProperties: false },
);

/** Whether a document is one of ours: by its apiVersion, whatever else is wrong with it. */
export function isOurs(document: ParsedDocument): boolean {
  const { value } = document;
  return isJsonObject(value) && typeof value.apiVersion === 'string' && isOurVersion(value.apiVersion);
}

export function isOurVersion(version: string): boolean {
  return version.startsWith(group);
}

/** `drover.de/v1alpha1`, `drover/v1`: probably meant to be ours. */
export function isNearVersion(version: string): boolean {
  const [written = ''] = version.split('/');
  const near = nearestWord(written, [group.slice(0, -1)]) !== undefined;
  return !isOurVersion(version) && (near || /^drover\b/i.test(version));
}

/** `v1alpha1`, `v1`: of nobody in particular, and with a kind of ours probably meant to be ours. */
export function isBareVersion(version: string): boolean {
  return /^v\d\w{0,20}$/.test(version);
}

export interface CheckedEnvelope {
  /** Absent when kind, name or namespace can't be used. */
  readonly definition?: Definition;
  /** Set when something beside the spec is wrong: the spec is then looked at, and the definition is not relied on. */
  readonly flawed?: ResourceId;
  readonly diagnostics: readonly Diagnostic[];
}

/** A document's kind, name and namespace. */
export function checkEnvelope(document: ParsedDocument, kinds: Kinds): CheckedEnvelope {
  const value = isJsonObject(document.value) ? document.value : {};
  const kind = kindOf(document, value, kinds);
  if ('diagnostics' in kind) return kind;
  const found = checkSchema(envelope, value, { at: [] }).map((mismatch) => toDiagnostic(document, mismatch));
  const diagnostics = [...found, ...nameFindings(document, value, kind), ...patchFindings(document, value)];
  const definition = definitionOf(document, value, kind);
  if (definition === undefined) return { diagnostics };
  return found.length > 0 ? { definition, flawed: definition.id, diagnostics } : { definition, diagnostics };
}

/**
 * The identity of a document that has findings, as far as it can be told: a misspelled kind counts as the one that was
 * probably meant, a name that is no label also as the label nearest to it. None when nobody can say what it declares.
 */
export function readIdentity(document: ParsedDocument, kinds: Kinds): readonly ResourceId[] {
  const { value } = document;
  if (!isJsonObject(value) || typeof value.kind !== 'string' || !isJsonObject(value.metadata)) return [];
  const { name } = value.metadata;
  if (typeof name !== 'string') return [];
  const meant = kinds.has(value.kind as KindName) ? value.kind : nearestWord(value.kind, kinds.keys());
  const kind = kinds.get(meant as KindName);
  const namespace = kind === undefined ? undefined : namespaceOf(kind, value.metadata);
  const written = value.kind;
  return [name, labelFor(name) ?? name].map((each) => identityOf(kind?.name ?? written, each, namespace));
}

function identityOf(kind: string, name: string, namespace: string | undefined): ResourceId {
  return resourceId({ kind, metadata: { name, ...(namespace === undefined ? {} : { namespace }) } });
}

function kindOf(document: ParsedDocument, value: JsonObject, kinds: Kinds): AnyKind | CheckedEnvelope {
  const refuse = (
    entry: (typeof schemaCodes)['kind' | 'apiVersion'],
    at: string,
    message: string,
    hint?: string,
  ) => ({
    diagnostics: [findingOf(entry, { span: nearestSpan(document, [at], 'value'), message, hint })],
  });
  if (value.apiVersion !== apiVersion) {
    const message =
      value.apiVersion === undefined
        ? 'the document has a kind of ours and no apiVersion'
        : `there is no apiVersion ${JSON.stringify(value.apiVersion)}`;
    const written = typeof value.apiVersion === 'string' ? value.apiVersion : '';
    const hint = written.includes('/') ? didYouMean(written, [apiVersion]) : undefined;
    return refuse(schemaCodes.apiVersion, 'apiVersion', message, hint);
  }
  if (typeof value.kind !== 'string') return refuse(schemaCodes.kind, 'kind', 'the document has no kind');
  const kind = kinds.get(value.kind as KindName);
  if (kind !== undefined) return kind;
  return refuse(schemaCodes.kind, 'kind', `there is no kind "${value.kind}"`, kindHint(value.kind, kinds));
}

function kindHint(word: string, kinds: Kinds): string {
  const meant = kindForWord(word, new Set<string>(kinds.keys()));
  if (meant !== undefined) return `here that is kind: ${meant}; \`drover explain ${meant}\` has its fields`;
  return didYouMean(word, kinds.keys()) ?? `known: ${[...kinds.keys()].join(', ')}`;
}

export function toDiagnostic(document: ParsedDocument, mismatch: SchemaMismatch): Diagnostic {
  const { entry, at, part, message, hint } = mismatch;
  return findingOf(entry, { span: nearestSpan(document, at, part), message, hint });
}

function nameFindings(document: ParsedDocument, value: JsonObject, kind: AnyKind): readonly Diagnostic[] {
  const metadata = isJsonObject(value.metadata) ? value.metadata : {};
  const findings: Diagnostic[] = [];
  const report = (
    entry: (typeof schemaCodes)['name' | 'namespace'],
    field: string,
    message: string,
    hint?: string,
  ) => {
    const at: FieldPath = ['metadata', field];
    findings.push(findingOf(entry, { span: nearestSpan(document, at, 'value'), message, hint }));
  };
  if (typeof metadata.name === 'string' && !isLabel(metadata.name)) {
    report(schemaCodes.name, 'name', `"${metadata.name}" is not a DNS label`, labelHint(metadata.name));
  }
  if (metadata.namespace === undefined) return findings;
  if (!kind.namespaced)
    report(schemaCodes.namespace, 'namespace', `${withArticle(kind.name)} lives in no namespace`);
  return findings;
}

function labelHint(name: string): string | undefined {
  const label = labelFor(name);
  if (label !== undefined) return `write "${label}"`;
  return name.length > 63 ? `it has ${name.length} characters, and 63 are the most` : undefined;
}

function patchFindings(document: ParsedDocument, value: JsonObject): readonly Diagnostic[] {
  const mode = annotation(value, patchAnnotation);
  if (mode === undefined || isPatchMode(mode)) return [];
  const span = nearestSpan(document, ['metadata', 'annotations', patchAnnotation], 'value');
  return [findingOf(layoutCodes.patchMode, { span, message: `there is no way of patching "${mode}"` })];
}

function annotation(value: JsonObject, key: string): string | undefined {
  const { metadata } = value;
  if (!isJsonObject(metadata) || !isJsonObject(metadata.annotations)) return undefined;
  const text = Object.hasOwn(metadata.annotations, key) ? metadata.annotations[key] : undefined;
  return typeof text === 'string' ? text : undefined;
}

function isPatchMode(text: string): text is Exclude<PatchMode, 'none'> {
  return text === 'merge' || text === 'merge-or-create';
}

function definitionOf(document: ParsedDocument, value: JsonObject, kind: AnyKind): Definition | undefined {
  const { metadata } = value;
  if (!isJsonObject(metadata) || typeof metadata.name !== 'string' || !isLabel(metadata.name))
    return undefined;
  const namespace = namespaceOf(kind, metadata);
  const id = identityOf(kind.name, metadata.name, namespace);
  const patch = patchMode(value, metadata);
  return { id, kind, name: metadata.name, namespace, patch, value, document };
}

function patchMode(value: JsonObject, metadata: JsonObject): PatchMode {
  const written = annotation(value, patchAnnotation);
  if (written !== undefined) return isPatchMode(written) ? written : 'merge-or-create';
  // Misspelt, in its value or its name, it has a finding of its own: that it is a patch is certain.
  const names = isJsonObject(metadata.annotations) ? Object.keys(metadata.annotations) : [];
  const isMisspelt = names.some(
    (name) => name.startsWith(group) && nearestWord(name.slice(group.length), ['patch']) !== undefined,
  );
  return isMisspelt ? 'merge-or-create' : 'none';
}

function namespaceOf(kind: AnyKind, metadata: JsonObject): string | undefined {
  if (!kind.namespaced) return undefined;
  return typeof metadata.namespace === 'string' ? metadata.namespace : 'default';
}
