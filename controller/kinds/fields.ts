import { type Static, type TProperties, type TSchema, Type } from 'typebox';

/** Marks a string field as a quantity; `check-quantities.ts` and the schema checker's hints read it. */
export const quantityKeyword = 'x-drover-quantity';

function text(description: string, options: { default?: string; pattern?: string } = {}) {
  return Type.String({ description, ...options });
}

function flag(description: string, fallback: boolean) {
  return Type.Boolean({ description, default: fallback });
}

function integer(
  description: string,
  options: { default?: number; minimum?: number; maximum?: number } = {},
) {
  return Type.Integer({ description, ...options });
}

function duration(description: string, fallback?: string) {
  return Type.String({
    description,
    ...defaultOf(fallback),
    examples: ['30s'],
    [quantityKeyword]: 'duration',
  });
}

function size(description: string, fallback?: string) {
  return Type.String({ description, ...defaultOf(fallback), examples: ['512Mi'], [quantityKeyword]: 'size' });
}

/** Processor speed as Nomad counts it: the MHz of all cores together. */
function frequency(description: string, fallback?: string) {
  return Type.String({
    description,
    ...defaultOf(fallback),
    examples: ['48GHz'],
    [quantityKeyword]: 'frequency',
  });
}

function defaultOf(fallback: string | undefined): { default?: string } {
  return fallback === undefined ? {} : { default: fallback };
}

/** One of a closed list of words. */
function word<Words extends string[]>(
  words: readonly [...Words],
  description: string,
  fallback?: Words[number],
) {
  return Type.Enum([...words], { description, ...(fallback === undefined ? {} : { default: fallback }) });
}

function object<Properties extends TProperties>(properties: Properties, description: string) {
  return Type.Object(properties, { description, additionalProperties: false });
}

function map<Value extends TSchema>(value: Value, description: string) {
  return Type.Record(Type.String(), value, { description });
}

function list<Item extends TSchema>(item: Item, description: string) {
  return Type.Array(item, { description });
}

function either<Choices extends TSchema[]>(choices: readonly [...Choices], description: string) {
  return Type.Union([...choices], { description });
}

function scalar(description: string) {
  return Type.Union([Type.String(), Type.Number(), Type.Boolean()], { description });
}

/** Any JSON object: another program's own words, carried as they are. */
function free(description: string) {
  return Type.Record(Type.String(), Type.Unknown(), { description });
}

const selectorSchema = object(
  {
    matchLabels: Type.Optional(map(Type.String(), 'Labels that must all be there with this value.')),
    matchExpressions: Type.Optional(
      list(
        object(
          {
            key: text('The label.'),
            operator: word(['In', 'NotIn', 'Exists', 'DoesNotExist'], 'How the label is compared.'),
            values: Type.Optional(list(Type.String(), 'The values of `In` and `NotIn`.')),
          },
          'One condition on a label.',
        ),
        'Conditions that must all hold.',
      ),
    ),
  },
  'Which servers, as in Kubernetes: `{}` is every server of the environment.',
);

export type Selector = Static<typeof selectorSchema>;

/** The words that kinds spell their schemas with: every field has a description, no object takes unknown fields. */
export const fields = {
  text,
  flag,
  integer,
  duration,
  size,
  frequency,
  word,
  object,
  map,
  list,
  either,
  scalar,
  free,
  selector: selectorSchema,
  absent: Type.Literal('absent'),
  optional: Type.Optional,
} as const;
