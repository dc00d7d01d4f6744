import type { AnyKind } from '../kinds/index.ts';
import { kebabName } from '../kinds/kebab-name.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { apiVersion, type FieldPath } from '../model/resource.ts';
import { metadataSchema } from './metadata-schema.ts';

/** How people say which schema a file has; editors with the YAML language server read it. */
export function modeline(file: string): string {
  return `# yaml-language-server: $schema=${file}`;
}

type Node = Readonly<Record<string, unknown>>;

interface Mode {
  /** A patch: nothing must be there, and `null` takes a field away. */
  readonly isPatch: boolean;
  /** Where a null has a meaning of its own outside of patches too. */
  readonly keepsNull: (at: FieldPath) => boolean;
  readonly at: FieldPath;
  /** `Server.interfaces`: what `drover explain` is to be asked. */
  readonly topic: string;
}

const never = () => false;
const draft = 'http://json-schema.org/draft-07/schema#';
const expression: JsonObject = { type: 'string', pattern: '\\$\\{\\{' };
const kept =
  'type enum const minimum maximum minItems maxItems uniqueItems minLength maxLength pattern default examples'.split(
    ' ',
  );
const patched: JsonObject = {
  properties: {
    metadata: {
      properties: { annotations: { required: ['drover.dev/patch'] } },
      required: ['annotations'],
    },
  },
};

/** JSON Schemas (draft 7) by file name: one for each kind, and `all.json` for files with documents of any kind. */
export function editorSchemas(kinds: readonly AnyKind[]): ReadonlyMap<string, JsonObject> {
  const own = kinds.map((kind): readonly [string, JsonObject] => [
    `${kebabName(kind.name)}.json`,
    { $schema: draft, title: kind.name, ...documentSchema(kind) },
  ]);
  return new Map([['all.json', allSchema(kinds)], ...own]);
}

/** Told apart by `kind`: only what holds for that kind is offered and checked. */
function allSchema(kinds: readonly AnyKind[]): JsonObject {
  return {
    $schema: draft,
    title: 'A definition of Drover',
    type: 'object',
    required: ['apiVersion', 'kind', 'metadata'],
    properties: {
      apiVersion: { const: apiVersion },
      kind: {
        description: 'What is defined.',
        enum: kinds.map(({ name }) => name),
        markdownEnumDescriptions: kinds.map(({ schema }) => textOf(asNode(schema)['description'])),
      },
      metadata: { type: 'object' },
      spec: { type: 'object' },
    },
    allOf: kinds.map(({ name }) =>
      conditional(
        // While somebody types, editors take the beginning of a `const` for the whole: a Server would be a ServerGroup too.
        { properties: { kind: { pattern: `^${name}$` } }, required: ['kind'] },
        { $ref: `#/definitions/${name}` },
      ),
    ),
    definitions: Object.fromEntries(kinds.map((kind) => [kind.name, documentSchema(kind)])),
  };
}

function documentSchema(kind: AnyKind): JsonObject {
  const description = textOf((kind.schema as Node)['description']);
  const keepsNull = (at: FieldPath) => kind.keepsNull?.(at) === true;
  const spec = (isPatch: boolean) => ({
    properties: { spec: nodeSchema(kind.schema, { isPatch, keepsNull, at: [], topic: kind.name }) },
  });
  return {
    type: 'object',
    description,
    required: ['apiVersion', 'kind', 'metadata'],
    additionalProperties: false,
    properties: {
      apiVersion: { const: apiVersion, description: 'The version of the definitions’ language.' },
      kind: { const: kind.name, description },
      metadata: metadataSchema(kind.namespaced),
      spec: { type: 'object', description },
    },
    ...conditional(patched, spec(true), { required: ['spec'], ...spec(false) }),
  };
}

/** By name, because a literal with the second of them looks like a promise. */
const keywords = 'if then else'.split(' ');

function conditional(when: JsonObject, yes: JsonObject, no: JsonObject = {}): JsonObject {
  return Object.fromEntries(keywords.map((keyword, index) => [keyword, [when, yes, no][index] ?? {}]));
}

/** A field's schema, that also takes an expression where Drover evaluates one. */
function nodeSchema(schema: unknown, mode: Mode): JsonObject {
  const node = asNode(schema);
  if (node['not'] !== undefined) return { not: {} };
  const words = wordsOf(node, mode);
  const choices = node['anyOf'];
  const own = Array.isArray(choices)
    ? choices.map((choice) => nodeSchema(choice, mode))
    : [plainSchema(node, mode)];
  const extra = [
    ...(own.some(takesAnyText) ? [] : [expression]),
    ...(mode.isPatch || mode.keepsNull(mode.at) ? [{ type: 'null' }] : []),
  ];
  const [only] = own;
  if (own.length === 1 && extra.length === 0 && only !== undefined) return { ...only, ...words };
  return { ...words, anyOf: [...own, ...extra] };
}

function takesAnyText(schema: JsonObject): boolean {
  const { type, anyOf } = schema;
  if (Array.isArray(anyOf)) return anyOf.some((choice) => takesAnyText(asNode(choice) as JsonObject));
  const isBound = ['enum', 'const', 'pattern', 'maxLength', 'not'].some((keyword) => keyword in schema);
  return !isBound && (type === undefined || type === 'string');
}

function plainSchema(node: Node, mode: Mode): JsonObject {
  const base = Object.fromEntries(
    kept.filter((keyword) => node[keyword] !== undefined).map((keyword) => [keyword, node[keyword] as Json]),
  );
  if (node['type'] === 'array')
    return { ...base, items: nodeSchema(node['items'], { ...mode, keepsNull: never }) };
  return node['type'] === 'object' ? { ...base, ...objectSchema(node, mode) } : base;
}

function objectSchema(node: Node, mode: Mode): JsonObject {
  const patterns = node['patternProperties'];
  if (patterns !== undefined) {
    const [values] = Object.values(asNode(patterns));
    return { additionalProperties: nodeSchema(values, inside(mode, 'NAME')) };
  }
  const { properties, required } = node;
  if (properties === undefined) return {};
  const own = Object.entries(asNode(properties)).map(([name, field]): [string, JsonObject] => [
    name,
    nodeSchema(field, inside(mode, name)),
  ]);
  return {
    title: mode.topic,
    properties: Object.fromEntries(own),
    additionalProperties: false,
    ...(Array.isArray(required) && !mode.isPatch ? { required: required.map(String) } : {}),
  };
}

function inside(mode: Mode, name: string): Mode {
  return { ...mode, at: [...mode.at, name], topic: `${mode.topic}.${name}` };
}

/** What an editor shows at the field. */
function wordsOf(node: Node, { topic }: Mode): JsonObject {
  const description = textOf(node['description']);
  if (description === '') return {};
  const fallback = node['default'];
  const standard = fallback === undefined ? '' : `\n\nDefault: \`${JSON.stringify(fallback)}\``;
  const markdownDescription = `${description}${standard}\n\n\`drover explain ${topic}\``;
  return { description, markdownDescription };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function asNode(value: unknown): Node {
  return typeof value === 'object' && value !== null ? (value as Node) : {};
}
