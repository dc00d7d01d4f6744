import {
  Composer,
  type CST,
  type Document,
  isAlias,
  isCollection,
  isNode,
  type Node,
  Parser,
  visit,
} from 'yaml';
import type { Diagnostic, Span } from '../model/diagnostic.ts';
import { type CodeEntry, findingOf } from '../model/diagnostic-code.ts';
import type { Json } from '../model/json.ts';
import type { FieldPath } from '../model/resource.ts';
import type { SourceFile } from '../model/source.ts';
import { textRange } from '../model/text-range.ts';
import { createTextSpans } from '../model/text-spans.ts';
import { syntaxCodes } from './compile-codes.ts';
import { convertNode, createConversion, maxDepth, type RawFinding, tooDeep } from './convert-node.ts';
import { type Place, placeAt, rangeOf, startOf, type TextRange } from './place.ts';
import { tooLarge } from './too-large.ts';
import { deepValue } from './yaml-depth.ts';
import { yamlProblem } from './yaml-problems.ts';

/** One document of a YAML file as plain JSON that knows its places. */
export interface ParsedDocument {
  readonly path: string;
  readonly value: Json;
  /** True when a part of it could not be read: nothing may be concluded from what it lacks. */
  readonly isBroken: boolean;
  /** True when it says a key twice: which of the two is meant is not known. */
  readonly isDoubtful?: boolean;
  /** The place of exactly that field; `undefined` when the document does not have it. */
  span(path: FieldPath, part: 'key' | 'value'): Span | undefined;
  /** The text of an unquoted number, as typed. */
  plain(path: FieldPath): string | undefined;
  /** The place of a part of a text; `undefined` when the text does not stand in the file as it is. */
  textSpan(path: FieldPath, text: string, part: TextRange): Span | undefined;
  /** Set when the document is seen as a part of itself: the path below `value` of a field; `undefined` when it is not there. */
  readonly through?: (path: FieldPath) => FieldPath | undefined;
}

export interface ParsedFile {
  readonly documents: readonly ParsedDocument[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Parsed files by path and blob id; a pure function of both, so it may live as long as the process. */
export type ParseMemo = Map<string, ParsedFile>;

const maxFileBytes = 512 * 1024;
const maxDocuments = 1000;

/** What these are said of may hold anything. */
const unreadable: ReadonlySet<CodeEntry> = new Set([syntaxCodes.limit, syntaxCodes.yaml]);

/** Reads the documents of one YAML file: YAML 1.2 core, no tags, bounded. Never throws. */
export function parseFile(file: SourceFile, memo?: ParseMemo): ParsedFile {
  const key = `${file.blobId} ${file.path}`;
  const known = memo?.get(key);
  if (known !== undefined) return known;
  const parsed = parseText(file);
  memo?.set(key, parsed);
  return parsed;
}

function parseText(file: SourceFile): ParsedFile {
  const refuse = (entry: (typeof syntaxCodes)['limit' | 'encoding'], message: string): ParsedFile => ({
    documents: [],
    diagnostics: [findingOf(entry, { span: startOf(file.path), message })],
  });
  if (file.bytes.length > maxFileBytes) {
    return refuse(syntaxCodes.limit, tooLarge(file.bytes.length, maxFileBytes));
  }
  const text = decodeUtf8(file.bytes);
  return text === undefined
    ? refuse(syntaxCodes.encoding, 'the file is not UTF-8 text')
    : parseYaml(file.path, text);
}

/** The text of UTF-8 bytes without a byte order mark; `undefined` for anything else. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function parseYaml(path: string, text: string): ParsedFile {
  // Own lines: the library counts one too many where a text begins with what it can't read.
  const spans = createTextSpans(path, text);
  const toSpan = ({ start, end }: TextRange) => spans.between(start, Math.max(start, end));
  const documents: ParsedDocument[] = [];
  const diagnostics: Diagnostic[] = [];
  const tokens = [...new Parser().parse(text)];
  const deep = deepValue(tokens, maxDepth);
  if (deep !== undefined) {
    const span = toSpan({ start: deep, end: deep + 1 });
    return { documents, diagnostics: [findingOf(syntaxCodes.limit, { span, message: tooDeep })] };
  }
  for (const document of compose(tokens, text.length)) {
    if (documents.length === maxDocuments) {
      const message = `the file has more than ${maxDocuments} documents`;
      diagnostics.push(findingOf(syntaxCodes.limit, { span: startOf(path), message }));
      break;
    }
    const { value, place, findings, isBroken } = readDocument(document);
    const isDoubtful = findings.some(({ entry }) => entry === syntaxCodes.duplicateKey);
    diagnostics.push(...findings.map((finding) => toDiagnostic(finding, toSpan)));
    if (value === null && !isBroken) continue;
    documents.push({
      path,
      value,
      isBroken,
      isDoubtful,
      span: (field, part) => {
        const found = placeAt(place, field);
        return found === undefined ? undefined : toSpan(rangeOf(found, part, text));
      },
      plain: (field) => placeAt(place, field)?.plain,
      textSpan: (field, value, part) => {
        const found = placeAt(place, field);
        const range = found === undefined ? undefined : textRange(text, found.value, { value, part });
        return range === undefined ? undefined : toSpan(range);
      },
    });
  }
  return { documents, diagnostics };
}

/** Own duplicate check (`uniqueKeys`): the library's compares every key with every other. */
function compose(tokens: readonly CST.Token[], length: number): Iterable<Document.Parsed> {
  const composer = new Composer({
    version: '1.2',
    schema: 'core',
    merge: false,
    uniqueKeys: false,
    resolveKnownTags: false,
    logLevel: 'silent',
  });
  return composer.compose(tokens, false, length) as Iterable<Document.Parsed>;
}

function readDocument(document: Document.Parsed): {
  value: Json;
  place: Place;
  findings: readonly RawFinding[];
  isBroken: boolean;
} {
  // One mistake often makes several errors: the first is the one to correct.
  const [error] = document.errors;
  const tags = document.warnings.filter((warning) => warning.code === 'TAG_RESOLVE_FAILED');
  const conversion = createConversion(aliasResolver(document));
  const { value, place } = convertNode(document.contents, conversion);
  const problems = [...(error === undefined ? [] : [error]), ...tags].map((problem) => yamlProblem(problem));
  const findings = error === undefined ? [...problems, ...conversion.findings] : problems;
  const isBroken = error !== undefined || findings.some(({ entry }) => unreadable.has(entry));
  return { value, place, findings, isBroken };
}

/** Anchors by name as they stand before each alias; one pass, because asking the library costs a pass for each alias. */
function aliasResolver(document: Document.Parsed): (alias: Node) => Node | undefined {
  const anchors = new Map<string, Node>();
  const targets = new Map<Node, Node>();
  visit(document, {
    Node: (_key, node) => {
      if (isAlias(node)) {
        const target = anchors.get(node.source);
        if (target !== undefined) targets.set(node, target);
      } else if (isNode(node) && typeof node.anchor === 'string') {
        anchors.set(node.anchor, node);
      }
    },
  });
  // An anchor that holds its own alias would never end; the depth limit stops it.
  return (alias) => (isCollection(alias) ? undefined : targets.get(alias));
}

function toDiagnostic(finding: RawFinding, toSpan: (range: TextRange) => Span): Diagnostic {
  const { entry, message, hint, related } = finding;
  return findingOf(entry, {
    span: toSpan(finding.range),
    message,
    hint,
    ...(related === undefined
      ? {}
      : { related: [{ message: related.message, span: toSpan(related.range) }] }),
  });
}
