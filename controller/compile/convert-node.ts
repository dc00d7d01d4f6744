import {
  type Alias,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import type { CodeEntry } from '../model/diagnostic-code.ts';
import type { Json } from '../model/json.ts';
import { syntaxCodes } from './compile-codes.ts';
import type { Place, TextRange } from './place.ts';
import { scalarTrap } from './yaml-traps.ts';

/** A finding before its offsets are made lines and columns. */
export interface RawFinding {
  readonly entry: CodeEntry;
  readonly message: string;
  readonly range: TextRange;
  readonly hint?: string;
  readonly related?: { readonly message: string; readonly range: TextRange };
}

interface Converted {
  readonly value: Json;
  readonly place: Place;
}

/** What one file may hold. Values behind aliases count each time that they are used. */
export const maxDepth = 64;
export const tooDeep = `values are nested more than ${maxDepth} deep`;
const maxValues = 200_000;
/** `"\ud800"`: no UTF-8 can say it, so nothing could be rendered from it. */
const halfCharacter = 'the text has half of a character, an escape without its other half';

export interface Conversion {
  readonly findings: RawFinding[];
  /** Values left to convert. */
  budget: number;
  /** Finds the node of an alias. */
  readonly resolve: (alias: Alias) => Node | undefined;
}

export function createConversion(resolve: Conversion['resolve']): Conversion {
  return { findings: [], budget: maxValues, resolve };
}

/** A YAML node as plain JSON with the places of its parts. Traps and refusals go to the conversion's findings. */
export function convertNode(node: Node | null, conversion: Conversion, depth = 0): Converted {
  const range = nodeRange(node);
  const nothing: Converted = { value: null, place: { value: range } };
  conversion.budget--;
  if (conversion.budget <= 0 || depth > maxDepth) {
    reportLimit(conversion, range, depth > maxDepth);
    return nothing;
  }
  if (isAlias(node)) return convertAlias(node, conversion, depth);
  if (isMap(node)) return convertMap(node, conversion, depth);
  if (isSeq(node)) return convertList(node, conversion, depth);
  return isScalar(node) ? convertScalar(node, conversion) : nothing;
}

function reportLimit(conversion: Conversion, range: TextRange, isDepth: boolean): void {
  if (conversion.findings.some((finding) => finding.entry === syntaxCodes.limit)) return;
  const message = isDepth
    ? tooDeep
    : `the file has more than ${maxValues} values, those behind aliases counted each time`;
  conversion.findings.push({ entry: syntaxCodes.limit, message, range });
}

function convertAlias(alias: Alias, conversion: Conversion, depth: number): Converted {
  const target = conversion.resolve(alias);
  if (target === undefined) {
    const message = `no anchor &${alias.source} stands before this alias`;
    const hint = 'quote a text that begins with *, or write the value out';
    conversion.findings.push({ entry: syntaxCodes.yaml, message, hint, range: nodeRange(alias) });
  }
  const { value, place } = convertNode(target ?? null, conversion, depth + 1);
  return { value, place: { ...place, value: nodeRange(alias) } };
}

function convertScalar(scalar: Scalar, conversion: Conversion): Converted {
  const range = nodeRange(scalar);
  const trap = scalarTrap(scalar);
  if (trap !== undefined) conversion.findings.push({ ...trap, range });
  const { value } = scalar;
  const plain = typeof value === 'number' ? scalar.source : undefined;
  const place: Place = plain === undefined ? { value: range } : { value: range, plain };
  if (typeof value === 'string' && !value.isWellFormed()) {
    conversion.findings.push({ entry: syntaxCodes.encoding, message: halfCharacter, range });
    return { value: value.toWellFormed(), place };
  }
  return { value: isJsonScalar(value) ? value : null, place };
}

function isJsonScalar(value: unknown): value is string | number | boolean | null {
  if (typeof value === 'number') return Number.isFinite(value);
  return value === null || typeof value === 'string' || typeof value === 'boolean';
}

function convertList(list: YAMLSeq, conversion: Conversion, depth: number): Converted {
  const value: Json[] = [];
  const parts = new Map<string, Place>();
  for (const [index, item] of list.items.entries()) {
    const converted = convertNode(item as Node, conversion, depth + 1);
    value.push(converted.value);
    parts.set(String(index), converted.place);
  }
  return { value, place: { value: nodeRange(list), parts } };
}

function convertMap(map: YAMLMap, conversion: Conversion, depth: number): Converted {
  const entries: [string, Json][] = [];
  const parts = new Map<string, Place>();
  const repeated: Repeated[] = [];
  for (const pair of map.items) {
    const keyNode = pair.key as Node | null;
    const name = keyName(keyNode, conversion);
    const key = nodeRange(keyNode);
    const converted = convertNode(pair.value as Node | null, conversion, depth + 1);
    const first = name === undefined ? undefined : parts.get(name);
    if (name === undefined) continue;
    if (first !== undefined) {
      repeated.push({ name, range: key, first });
      continue;
    }
    const isUnplaced = pair.value === null || pair.value === undefined;
    entries.push([name, converted.value]);
    parts.set(name, {
      ...converted.place,
      key,
      ...(isUnplaced ? { value: { start: key.end, end: key.end } } : {}),
    });
  }
  conversion.findings.push(...(nextDocument(repeated, depth) ?? repeated.map((one) => duplicate(one))));
  return { value: Object.fromEntries(entries), place: { value: nodeRange(map), parts } };
}

interface Repeated {
  readonly name: string;
  readonly range: TextRange;
  readonly first: Place;
}

function duplicate({ name, range, first }: Repeated): RawFinding {
  return {
    entry: syntaxCodes.duplicateKey,
    message: `the key "${name}" is given twice`,
    range,
    related: { message: 'first given here', range: first.key ?? first.value },
  };
}

/** Two definitions without a line between them are one mistake, however many keys they share. */
function nextDocument(repeated: readonly Repeated[], depth: number): readonly RawFinding[] | undefined {
  const [first] = repeated;
  const names = new Set(repeated.map(({ name }) => name));
  if (first === undefined || depth > 0 || !names.has('apiVersion') || !names.has('kind')) return undefined;
  const message = `the key "${first.name}" is given twice: another definition begins here`;
  return [{ ...duplicate(first), message, hint: 'write --- on a line of its own before it' }];
}

/** The key as a string; numbers as they are typed, so that `8080: web` keeps its digits. */
function keyName(key: Node | null, conversion: Conversion): string | undefined {
  const name = isScalar(key) ? scalarKey(key) : undefined;
  if (name?.isWellFormed() === false) {
    conversion.findings.push({ entry: syntaxCodes.encoding, message: halfCharacter, range: nodeRange(key) });
    return name.toWellFormed();
  }
  if (name !== undefined && name !== '__proto__') return name;
  const message = name === undefined ? 'a key must be a plain text' : 'the key "__proto__" is not allowed';
  conversion.findings.push({ entry: syntaxCodes.key, message, range: nodeRange(key) });
  return undefined;
}

function scalarKey(key: Scalar): string | undefined {
  if (typeof key.value === 'string') return key.value;
  return typeof key.value === 'number' || typeof key.value === 'boolean' ? key.source : undefined;
}

function nodeRange(node: Node | null): TextRange {
  const range = node?.range;
  return range === null || range === undefined ? { start: 0, end: 0 } : { start: range[0], end: range[1] };
}
