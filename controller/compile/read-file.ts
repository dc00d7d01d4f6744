import type { Diagnostic } from '../model/diagnostic.ts';
import { isJsonObject } from '../model/json.ts';
import type { ResourceId } from '../model/resource.ts';
import type { SourceFile } from '../model/source.ts';
import {
  type CheckedEnvelope,
  checkEnvelope,
  isBareVersion,
  isNearVersion,
  isOurs,
  isOurVersion,
  readIdentity,
} from './check-envelope.ts';
import type { Definition, Kinds, ReadFile } from './definition.ts';
import { type ParsedDocument, type ParseMemo, parseFile } from './parse-file.ts';

const nothing: ReadFile = {
  definitions: [],
  broken: { ids: new Set(), hasUnknown: false },
  diagnostics: [],
};

/**
 * The definitions of one YAML file. A file without any document of ours is data beside a definition: nothing is said of it,
 * not even of its YAML.
 */
export function readFile(file: SourceFile, kinds: Kinds, memo?: ParseMemo): ReadFile {
  const text = new TextDecoder().decode(file.bytes);
  if (!mayBeOurs(text, kinds))
    return looksCut(text) || isForeignText(file.bytes) ? readCut(file, memo) : nothing;
  const parsed = parseFile(file, memo);
  const isUnread = parsed.documents.length === 0 && parsed.diagnostics.length > 0;
  const ours = parsed.documents.filter(
    (document) => isOurs(document) || isForgotten(document, kinds) || isMisspelt(document, kinds),
  );
  if (ours.length === 0 && !isUnread) {
    const hasBroken = parsed.documents.some((document) => document.isBroken);
    return hasBroken ? { ...nothing, broken: unknown, diagnostics: parsed.diagnostics } : nothing;
  }
  return readDocuments(ours, { kinds, diagnostics: parsed.diagnostics, isUnread });
}

const unknown = { ids: new Set<ResourceId>(), hasUnknown: true };

function readDocuments(
  documents: readonly ParsedDocument[],
  file: { kinds: Kinds; diagnostics: readonly Diagnostic[]; isUnread: boolean },
): ReadFile {
  const definitions: Definition[] = [];
  const ids = new Set<ResourceId>();
  const diagnostics = [...file.diagnostics];
  let hasUnknown = file.isUnread;
  for (const document of documents) {
    // Of a document that is cut short nothing more is said than where it breaks.
    const checked: CheckedEnvelope = document.isBroken
      ? { diagnostics: [] }
      : checkEnvelope(document, file.kinds);
    diagnostics.push(...checked.diagnostics);
    const { definition, flawed } = checked;
    if (definition !== undefined) definitions.push(definition);
    if (flawed !== undefined) ids.add(flawed);
    if (definition !== undefined && document.isDoubtful === true) ids.add(definition.id);
    if (definition !== undefined) continue;
    const meant = readIdentity(document, file.kinds);
    for (const id of meant) ids.add(id);
    hasUnknown ||= meant.length === 0;
  }
  return { definitions, broken: { ids, hasUnknown }, diagnostics };
}

/** A cheap look before the YAML is read at all: most files beside jobs are other programs' own. */
export function mayBeOurs(text: string, kinds: Kinds): boolean {
  const versions = [...text.matchAll(/apiVersion["']?\s*:\s*["']?([^\s"'#,}]{1,80})/g)];
  if (versions.some(([, version = '']) => isOurVersion(version) || isNearVersion(version))) return true;
  const [kind, ...others] = [...text.matchAll(/^kind:[ \t]*([A-Za-z]+)[ \t]*\r?$/gm)].map(
    (found) => found[1] ?? '',
  );
  if (kind === undefined || !/^spec:/m.test(text)) return false;
  if (versions.some(([, version = '']) => isBareVersion(version)))
    return [kind, ...others].some((each) => isKind(each, kinds));
  return isKind(kind, kinds) && !/^apiVersion:/m.test(text);
}

/** Begins as definitions do, and ends before it says whose it is. */
function looksCut(text: string): boolean {
  return /^(apiVersion|kind|metadata|spec):/m.test(text) && !/^apiVersion:[ \t]*[^ \t\r\n#]/m.test(text);
}

/** No text in UTF-8 has a NUL: UTF-16 has one in every other byte, and would hide its apiVersion. */
function isForeignText(bytes: Uint8Array): boolean {
  return bytes.subarray(0, 4096).includes(0);
}

/** A file that was cut before it named itself must not look as if its definitions were taken out. */
function readCut(file: SourceFile, memo?: ParseMemo): ReadFile {
  const { diagnostics } = parseFile(file, memo);
  return diagnostics.length === 0 ? nothing : { ...nothing, broken: unknown, diagnostics };
}

/** A document that has everything of ours but the apiVersion. */
function isForgotten(document: ParsedDocument, kinds: Kinds): boolean {
  const { value } = document;
  return (
    isJsonObject(value) &&
    value.apiVersion === undefined &&
    typeof value.kind === 'string' &&
    isKind(value.kind, kinds) &&
    value.spec !== undefined
  );
}

/** Everything of ours, below a group that differs by a letter or two: without a word it would be passed over. */
function isMisspelt(document: ParsedDocument, kinds: Kinds): boolean {
  const { value } = document;
  return (
    isJsonObject(value) &&
    typeof value.apiVersion === 'string' &&
    (isNearVersion(value.apiVersion) || (isBareVersion(value.apiVersion) && value.spec !== undefined)) &&
    typeof value.kind === 'string' &&
    isKind(value.kind, kinds)
  );
}

function isKind(text: string, kinds: Kinds): boolean {
  return [...kinds.keys()].some((name) => name === text);
}
