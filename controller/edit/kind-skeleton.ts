import { parseAllDocuments, stringify } from 'yaml';
import type { AnyKind } from '../kinds/index.ts';
import { isJsonObject, type JsonObject } from '../model/json.ts';
import { apiVersion } from '../model/resource.ts';
import { type FieldRow, typeText } from './field-rows.ts';

const commentWidth = 110;

/**
 * A definition to begin with: the fields of the kind's example, each with what it says, and all others as comments with their
 * defaults.
 */
export function kindSkeleton(
  kind: AnyKind,
  example: string,
  called: { readonly name?: string; readonly namespace?: string } = {},
): string {
  const first = parseAllDocuments(example)
    .map((document): unknown => document.toJSON())
    .find((value): value is JsonObject => isJsonObject(value) && value['kind'] === kind.name);
  const metadata = isJsonObject(first?.['metadata']) ? first['metadata'] : {};
  const spec = isJsonObject(first?.['spec']) ? first['spec'] : {};
  const lines = [
    `apiVersion: ${apiVersion}`,
    `kind: ${kind.name}`,
    ...block({ metadata: { ...metadata, ...called } }, ''),
    'spec:',
    ...topFields(kind).flatMap((field) => fieldLines(field, spec)),
  ];
  return `${lines.join('\n')}\n`;
}

type Field = Pick<FieldRow, 'path' | 'type' | 'isRequired' | 'description'> & { readonly fallback: unknown };

/** Those that must be there come first. */
function topFields(kind: AnyKind): readonly Field[] {
  const schema = kind.schema as {
    readonly properties?: Readonly<
      Record<string, { readonly description?: string; readonly default?: unknown }>
    >;
    readonly required?: readonly string[];
  };
  const { properties = {}, required = [] } = schema;
  return Object.entries(properties)
    .map(([path, field]) => ({
      path,
      type: typeText(field),
      isRequired: required.includes(path),
      description: field.description ?? '',
      fallback: field.default,
    }))
    .filter(({ type }) => type !== 'never')
    .toSorted((a, b) => Number(b.isRequired) - Number(a.isRequired));
}

function fieldLines(
  { path, type, isRequired, description, fallback }: Field,
  spec: JsonObject,
): readonly string[] {
  const comment = comments(`${description}${isRequired ? ' Must be there.' : ''}`);
  const value = spec[path];
  if (value !== undefined) return [...comment, ...block({ [path]: value }, '  ')];
  const written = fallback === undefined ? `<${type.replaceAll('`', '')}>` : scalarText(fallback);
  return [...comment, `  # ${path}: ${written}`];
}

/** As it would be typed: a text that reads as something else has its quotes. */
function scalarText(value: unknown): string {
  return stringify(value, { collectionStyle: 'flow', lineWidth: 0 }).trim();
}

function block(value: JsonObject, indent: string): readonly string[] {
  return stringify(value, { lineWidth: 0, flowCollectionPadding: false })
    .trimEnd()
    .split('\n')
    .map((line) => (line === '' ? '' : `${indent}${line}`));
}

function comments(text: string): readonly string[] {
  const lines: string[] = [];
  let line = '  #';
  for (const word of text.split(/\s+/).filter((each) => each !== '')) {
    if (line.length + word.length > commentWidth) {
      lines.push(line);
      line = '  #';
    }
    line += ` ${word}`;
  }
  return line === '  #' ? lines : [...lines, line];
}
