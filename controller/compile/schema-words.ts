import type { SchemaNode } from './schema-node.ts';

/** The JSON type that a schema asks for; `undefined` when it takes several. */
export function typeOfSchema(schema: SchemaNode): string | undefined {
  if (schema.type !== undefined) return schema.type;
  if (schema.const !== undefined) return typeof schema.const;
  const [first] = schema.enum ?? [];
  return first === undefined ? undefined : typeof first;
}

export function isOfType(type: string, value: unknown): boolean {
  switch (type) {
    case 'integer':
    case 'number':
      return typeof value === 'number';
    case 'array':
      return Array.isArray(value);
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value);
    case 'null':
      return value === null;
    default:
      return typeof value === type;
  }
}

const words: Readonly<Record<string, string>> = {
  string: 'a text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map',
  null: 'null',
};

/** What a schema takes, for people: `a text or a map`, `one of Observe, Enforce`. */
export function typeWords(schema: SchemaNode): string {
  if (schema.anyOf !== undefined)
    return [...new Set(schema.anyOf.map((choice) => typeWords(choice)))].join(' or ');
  const allowed = allowedWords(schema);
  if (allowed.length === 1) return `"${allowed[0]}"`;
  if (allowed.length > 1) return `one of ${allowed.join(', ')}`;
  return schema.type === undefined ? 'any value' : (words[schema.type] ?? schema.type);
}

/** How a value of the schema is written, as far as it must be: `{memory: …}`, `{NAME: …}`, `[…]`. */
export function shapeWords(schema: SchemaNode): string {
  const type = typeOfSchema(schema);
  if (type === 'array') return '[…]';
  if (type !== 'object') return '…';
  const { required = [], properties = {} } = schema;
  if (required.length > 0) return `{${required.map((name) => `${name}: …`).join(', ')}}`;
  return Object.keys(properties).length > 0 ? '{}' : '{NAME: …}';
}

/** The closed list of words that a schema takes; empty when it is not closed. */
export function allowedWords(schema: SchemaNode): readonly string[] {
  if (schema.const !== undefined) return [wordOf(schema.const)];
  if (schema.enum !== undefined) return schema.enum.map((word) => wordOf(word));
  if (schema.anyOf === undefined) return [];
  const lists = schema.anyOf.map((choice) => allowedWords(choice));
  return lists.some((list) => list.length === 0) ? [] : lists.flat();
}

function wordOf(constant: unknown): string {
  return typeof constant === 'string' ? constant : JSON.stringify(constant);
}

/** A value as it is told in a message: short, on one line. */
export function valueWords(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'a map';
  if (typeof value === 'string') return `the text "${value.length > 40 ? `${value.slice(0, 40)}…` : value}"`;
  return typeof value === 'number' ? `the number ${value}` : String(value);
}
