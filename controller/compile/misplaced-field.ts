import type { FieldPath } from '../model/resource.ts';
import type { SchemaNode } from './schema-node.ts';

const deepest = 3;
/** Of a name that is in more places than these nobody knows which was meant. */
const mostPlaces = 2;
const metadataWords: ReadonlySet<string> = new Set(['name', 'namespace', 'labels', 'annotations']);

/** Where a field of that name stands, when it was written into the wrong map: further in, or further out. */
export function fieldElsewhere(
  root: SchemaNode,
  place: { readonly base: FieldPath; readonly inside: FieldPath },
  name: string,
): string | undefined {
  const { base, inside } = place;
  if (base.length === 1 && inside.length === 0 && metadataWords.has(name)) return 'it belongs into metadata';
  const inner = innerPlaces(nodesAt(root, inside), name);
  if (inner.length > 0) {
    return inner.length > mostPlaces
      ? undefined
      : `here that is ${inner.map((path) => `"${path}"`).join(' or ')}`;
  }
  for (let depth = inside.length - 1; depth >= 0; depth--) {
    const isThere = nodesAt(root, inside.slice(0, depth)).some(
      (node) => propertyOf(node, name) !== undefined,
    );
    if (isThere) return `it belongs further out, beside "${inside[depth]}"`;
  }
  return undefined;
}

/** The nearest places below, none of them further in than another. */
function innerPlaces(owners: readonly SchemaNode[], name: string): readonly string[] {
  let level: readonly Inner[] = owners.map((node) => ({ path: '', node }));
  for (let depth = 1; depth <= deepest; depth++) {
    level = level.flatMap(fieldsInside);
    const found = level.filter(({ path }) => path === name || path.endsWith(`.${name}`));
    if (found.length > 0) return [...new Set(found.map(({ path }) => path))];
  }
  return [];
}

interface Inner {
  readonly path: string;
  readonly node: SchemaNode;
}

function fieldsInside({ path, node }: Inner): readonly Inner[] {
  const known = Object.entries(node.properties ?? {}).filter(([, { not }]) => not === undefined);
  return known.flatMap(([field, schema]) => {
    const below = path === '' ? field : `${path}.${field}`;
    return formsOf(schema).flatMap((form) => [
      { path: below, node: form },
      ...(form.items === undefined ? [] : formsOf(form.items)).map((item) => ({
        path: `${below}[]`,
        node: item,
      })),
    ]);
  });
}

function nodesAt(root: SchemaNode, path: FieldPath): readonly SchemaNode[] {
  let nodes = formsOf(root);
  for (const step of path) {
    nodes = nodes.flatMap((node) => {
      const inner = typeof step === 'number' ? node.items : fieldSchema(node, step);
      return inner === undefined ? [] : formsOf(inner);
    });
  }
  return nodes;
}

function fieldSchema(node: SchemaNode, name: string): SchemaNode | undefined {
  return propertyOf(node, name) ?? Object.values(node.patternProperties ?? {})[0];
}

function propertyOf({ properties = {} }: SchemaNode, name: string): SchemaNode | undefined {
  const found = Object.hasOwn(properties, name) ? properties[name] : undefined;
  return found?.not === undefined ? found : undefined;
}

function formsOf(node: SchemaNode): readonly SchemaNode[] {
  return node.anyOf?.flatMap(formsOf) ?? [node];
}
