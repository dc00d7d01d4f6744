import { isJsonObject, type Json, type JsonObject } from '../model/json.ts';
import { hclDuration, hclHeredoc, hclText, hclValue, isIdentifier } from './hcl-value.ts';
import type { Word, Words } from './hcl-words.ts';
import { jobWords } from './job-words.ts';

export interface JobHcl {
  readonly hcl: string;
  /** Fields that HCL has no word for here, as paths: with any of them the text is not the whole job. */
  readonly leftOut: readonly string[];
}

/**
 * A job of Nomad's API as the HCL that parses to it: same input, same text; blocks and attributes in a fixed order, aligned as
 * `nomad fmt` does.
 */
export function writeJobHcl(job: JsonObject): JobHcl {
  const leftOut: string[] = [];
  const id = typeof job['ID'] === 'string' ? job['ID'] : '';
  const own = job['Name'] === id ? withoutName(job) : job;
  const lines = writeBody(own, jobWords, { indent: '  ', path: [], leftOut });
  return { hcl: `job ${hclText(id)} {\n${lines}}\n`, leftOut };
}

function withoutName({ Name: _name, ...rest }: JsonObject): JsonObject {
  return rest;
}

interface Place {
  readonly indent: string;
  readonly path: readonly string[];
  readonly leftOut: string[];
}

interface Attribute {
  readonly name: string;
  readonly text: string;
}

function writeBody(owner: JsonObject, words: Words, place: Place): string {
  const said = Object.entries(owner).filter(([, value]) => !isUnset(value));
  for (const [field] of said) {
    if (words[field] === undefined) place.leftOut.push([...place.path, field].join('.'));
  }
  const attributes: Attribute[] = [];
  const blocks: string[] = [];
  for (const [field, word] of Object.entries(words)) {
    const value = owner[field];
    if (value === undefined || isUnset(value)) continue;
    const inside = { ...place, path: [...place.path, field] };
    const attribute = attributeOf(word, value, place.indent);
    if (attribute !== undefined) attributes.push(attribute);
    else blocks.push(...writeBlocks(word, value, inside));
  }
  return joinParts(writeAttributes(attributes, place.indent), blocks);
}

/** What a job does not say. A count of 0 and a `false` it does. */
function isUnset(value: Json): boolean {
  return value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

function attributeOf(word: Word, value: Json, indent: string): Attribute | undefined {
  switch (word.form) {
    case 'duration':
      return {
        name: word.name,
        text: typeof value === 'number' ? `"${hclDuration(value)}"` : hclValue(value, indent),
      };
    case 'value':
      return { name: word.name, text: longText(value) ?? hclValue(value, indent) };
    case 'free':
      return isPlainMap(value) ? undefined : { name: word.name, text: hclValue(value, indent) };
    default:
      return undefined;
  }
}

function longText(value: Json): string | undefined {
  return typeof value === 'string' ? hclHeredoc(value) : undefined;
}

/** What a block can say, whose names are bare. */
function isPlainMap(value: Json): boolean {
  return isJsonObject(value) && Object.keys(value).every(isIdentifier);
}

function writeBlocks(word: Word, value: Json, place: Place): readonly string[] {
  if (word.form === 'free' && isJsonObject(value)) return [freeBlock(word.name, value, place.indent)];
  if (word.form !== 'block') return [];
  return elementsOf(value, word.label).map(({ label, element }) => {
    const header = `${place.indent}${word.name}${label === undefined ? '' : ` ${hclText(label)}`}`;
    const path = label === undefined ? place.path : [...place.path, label];
    const body = writeBody(element, word.words, { ...place, indent: `${place.indent}  `, path });
    return body === '' ? `${header} {}\n` : `${header} {\n${body}${place.indent}}\n`;
  });
}

interface Element {
  readonly label: string | undefined;
  readonly element: JsonObject;
}

/** One block for an object, one for each of a list, one for each of a map that is labelled by its keys. */
function elementsOf(value: Json, labelField: string | undefined): readonly Element[] {
  const items = Array.isArray(value) ? value.filter(isJsonObject) : isJsonObject(value) ? [value] : [];
  if (labelField === undefined) return items.map((element) => ({ label: undefined, element }));
  const isMap = isJsonObject(value) && typeof value[labelField] !== 'string';
  const labelled = isMap
    ? Object.entries(value).flatMap(([name, item]) => named(name, item, labelField))
    : items;
  return labelled.map((item) => {
    const { [labelField]: label, ...element } = item;
    return { label: typeof label === 'string' ? label : '', element };
  });
}

function named(name: string, item: Json, labelField: string): readonly JsonObject[] {
  return isJsonObject(item) ? [{ ...item, [labelField]: name }] : [];
}

/** Names and values as they are; a list of objects is a block for each, which parses to the same. */
function freeBlock(name: string, map: JsonObject, indent: string): string {
  const inner = `${indent}  `;
  const attributes: Attribute[] = [];
  const blocks: string[] = [];
  for (const [key, value] of Object.entries(map)) {
    if (isBlockList(value)) blocks.push(...value.map((item) => freeBlock(key, item, inner)));
    else attributes.push({ name: key, text: hclValue(value, inner) });
  }
  const body = joinParts(writeAttributes(attributes, inner), blocks);
  return body === '' ? `${indent}${name} {}\n` : `${indent}${name} {\n${body}${indent}}\n`;
}

function isBlockList(value: Json): value is readonly JsonObject[] {
  if (!Array.isArray(value) || value.length === 0) return false;
  return value.every(isPlainMap);
}

/** Neighbours on one line each have their equal signs in one column. */
function writeAttributes(attributes: readonly Attribute[], indent: string): string {
  const isLong = ({ text }: Attribute) => text.includes('\n');
  let written = '';
  let run: Attribute[] = [];
  const flush = () => {
    const width = Math.max(...run.map(({ name }) => name.length));
    written += run.map(({ name, text }) => `${indent}${name.padEnd(width)} = ${text}\n`).join('');
    run = [];
  };
  for (const attribute of attributes) {
    if (!isLong(attribute)) {
      run.push(attribute);
      continue;
    }
    flush();
    written += `${indent}${attribute.name} = ${attribute.text}\n`;
  }
  flush();
  return written;
}

function joinParts(attributes: string, blocks: readonly string[]): string {
  return [...(attributes === '' ? [] : [attributes]), ...blocks].join('\n');
}
