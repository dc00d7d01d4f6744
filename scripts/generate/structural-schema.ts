import type { V1JSONSchemaProps } from '@kubernetes/client-node';
import type { FieldPath } from '../../controller/model/resource.ts';

type Node = Readonly<Record<string, unknown>>;

/** The client's own type without its class. */
export type StructuralSchema = Pick<V1JSONSchemaProps, keyof V1JSONSchemaProps>;

/** Where in a spec a node stands, and where there a null has a meaning of its own. */
interface Place {
  readonly at: FieldPath;
  readonly keepsNull: (at: FieldPath) => boolean;
}

const nowhere: Place = { at: [], keepsNull: () => false };

/** What a structural schema may keep of a node as it is. */
const kept = ['minimum', 'maximum', 'minItems', 'maxItems', 'minLength', 'maxLength', 'pattern'] as const;

/**
 * A kind's schema as Kubernetes' structural schemas allow it: each node has one type, no `$ref`, no `additionalProperties: false`
 * beside properties (unknown fields are pruned), no `const`, and `anyOf` only where all choices can be said at once.
 * Source: https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#specifying-a-structural-schema
 */
export function structuralSchema(schema: unknown, place: Place = nowhere): StructuralSchema {
  const node = asNode(schema);
  const base: StructuralSchema = {
    ...(place.keepsNull(place.at) ? { nullable: true } : {}),
    ...Object.fromEntries(kept.filter((name) => node[name] !== undefined).map((name) => [name, node[name]])),
    ...(node['description'] === undefined ? {} : { description: describe(node) }),
  };
  const choices = node['anyOf'];
  if (Array.isArray(choices)) return { ...base, ...oneNode(choices.map(asNode)) };
  if (Array.isArray(node['enum'])) return { ...base, type: 'string', _enum: node['enum'] };
  if (typeof node['const'] === 'string') return { ...base, type: 'string', _enum: [node['const']] };
  return { ...base, ...ofType(node, place) };
}

/**
 * Defaults are told, not set: the API server would write them into what people wrote, and fields that exclude each other would
 * then all be there.
 */
function describe(node: Node): string {
  const text = typeof node['description'] === 'string' ? node['description'] : '';
  return node['default'] === undefined ? text : `${text} Default: ${JSON.stringify(node['default'])}.`;
}

function ofType(node: Node, place: Place): StructuralSchema {
  switch (node['type']) {
    case 'object':
      return ofObject(node, place);
    case 'array':
      return { type: 'array', items: structuralSchema(node['items']) };
    case 'string':
    case 'integer':
    case 'number':
    case 'boolean':
      return { type: node['type'] };
    default:
      return { x_kubernetes_preserve_unknown_fields: true };
  }
}

function ofObject(node: Node, place: Place): StructuralSchema {
  const patterns = node['patternProperties'];
  if (patterns !== undefined) {
    const [values] = Object.values(asNode(patterns));
    return { type: 'object', additionalProperties: structuralSchema(values, inside(place, 'NAME')) };
  }
  const properties = Object.entries(asNode(node['properties'])).filter(([, field]) => !isNever(field));
  const required = node['required'];
  return {
    type: 'object',
    properties: Object.fromEntries(
      properties.map(([name, field]) => [name, structuralSchema(field, inside(place, name))]),
    ),
    ...(Array.isArray(required) && required.length > 0 ? { required: required.map(String) } : {}),
  };
}

/** Several choices as one node: the words of all, an integer or a string, or anything, which Drover itself then checks. */
function oneNode(choices: readonly Node[]): StructuralSchema {
  const types = [...new Set(choices.map(typeOf))];
  if (types.length > 1) {
    return types.toSorted((a, b) => (a < b ? -1 : 1)).join() === 'integer,string'
      ? { x_kubernetes_int_or_string: true }
      : { x_kubernetes_preserve_unknown_fields: true };
  }
  const words = choices.flatMap((choice) => (choice['const'] === undefined ? [] : [choice['const']]));
  if (types[0] === 'string') {
    return words.length === choices.length ? { type: 'string', _enum: words } : { type: 'string' };
  }
  return { x_kubernetes_preserve_unknown_fields: true };
}

function typeOf(node: Node): string {
  return typeof node['type'] === 'string' ? node['type'] : Array.isArray(node['enum']) ? 'string' : 'any';
}

function inside({ at, keepsNull }: Place, name: string): Place {
  return { at: [...at, name], keepsNull };
}

function isNever(field: unknown): boolean {
  return asNode(field)['not'] !== undefined;
}

function asNode(value: unknown): Node {
  return typeof value === 'object' && value !== null ? (value as Node) : {};
}
