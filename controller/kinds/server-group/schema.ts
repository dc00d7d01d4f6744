import { type Static, type TSchema, Type } from 'typebox';
import { serverSchema } from '../../kinds/server/schema.ts';
import { fields } from '../fields.ts';

const { optional, text, map, object, integer, either } = fields;

/** A group is bounded, so that no commit can stop the controller. */
export const maxMembers = 10_000;

type Node = Readonly<Record<string, unknown>>;

/** The same fields, none of which must be there: what the template leaves out its members say, and the other way round. */
function relaxed(schema: unknown): Node {
  const { required: _required, ...node } = schema as Node;
  const inside = (value: unknown) =>
    Object.fromEntries(Object.entries(value as Node).map(([name, field]) => [name, relaxed(field)]));
  return {
    ...node,
    ...(node['properties'] === undefined ? {} : { properties: inside(node['properties']) }),
    ...(node['patternProperties'] === undefined
      ? {}
      : { patternProperties: inside(node['patternProperties']) }),
    ...(Array.isArray(node['anyOf']) ? { anyOf: node['anyOf'].map(relaxed) } : {}),
  };
}

const labels = optional(map(Type.String(), 'Labels, joined with those of the template.'));
const annotations = optional(map(Type.String(), 'Annotations, joined with those of the template.'));
const server = relaxed(serverSchema);

const template = object(
  {
    metadata: optional(
      object(
        {
          labels: optional(map(Type.String(), 'Labels of every member.')),
          annotations: optional(map(Type.String(), 'Annotations of every member.')),
        },
        'What the members carry beside their name.',
      ),
    ),
    spec: { ...server, description: 'The fields of a Server, as far as its members share them.' },
  },
  'What all members are.',
);

const member = {
  ...server,
  properties: { labels, annotations, ...(server['properties'] as Node) },
  description:
    'A member: the fields of a Server that differ from the template. A null takes one of them away.',
} as TSchema;

export const serverGroupSchema = object(
  {
    template,
    servers: optional(map(member, 'The members by name, each laid over the template.')),
    count: optional(
      integer('How many members there are; they differ by their number only.', {
        minimum: 0,
        maximum: maxMembers,
      }),
    ),
    naming: optional(
      text(
        'With `count`: a member’s name, where `index` counts from 1; `web-${{ string(1000 + index).substring(1) }}` fills up with ' +
          'zeros. When it is absent, the group’s own name, a dash and the number.',
      ),
    ),
    addressRange: optional(
      either(
        [
          text('The addresses of the first interface of the template that has none.'),
          map(text('First and last address.'), 'The addresses by interface.'),
        ],
        'With `count`: the first and the last address, as `10.30.0.10-10.30.0.200` (a prefix length may follow the last); members ' +
          'take them in turn. In the template `${{ index }}` does the same for any field.',
      ),
    ),
  },
  'Many servers from one template; exactly one of `servers` and `count`. Each member is a Server like any other.',
);

export type ServerGroupSpec = Static<typeof serverGroupSchema>;
