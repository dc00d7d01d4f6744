/** What keeps a schema from being structural, by path: the rules that kube-apiserver checks when a definition is created. */
export function structuralProblems(schema: Readonly<Record<string, unknown>>, path = ''): readonly string[] {
  const problems = forbidden.filter((name) => name in schema).map((name) => `${path}: ${name}`);
  if (schema['additionalProperties'] === false) problems.push(`${path}: additionalProperties: false`);
  if ('additionalProperties' in schema && 'properties' in schema) {
    problems.push(`${path}: additionalProperties beside properties`);
  }
  if (!hasType(schema)) problems.push(`${path}: no type`);
  if (schema['type'] === 'array' && !('items' in schema)) problems.push(`${path}: no items`);
  return [
    ...problems,
    ...childrenOf(schema).flatMap(([name, child]) => structuralProblems(child, `${path}.${name}`)),
  ];
}

const forbidden = ['$ref', 'const', 'anyOf', 'oneOf', 'patternProperties', 'definitions', 'examples', '$id'];

function hasType(schema: Readonly<Record<string, unknown>>): boolean {
  return (
    typeof schema['type'] === 'string' ||
    schema['x-kubernetes-int-or-string'] === true ||
    schema['x-kubernetes-preserve-unknown-fields'] === true
  );
}

type Child = readonly [string, Readonly<Record<string, unknown>>];

function childrenOf(schema: Readonly<Record<string, unknown>>): readonly Child[] {
  const properties = Object.entries((schema['properties'] ?? {}) as Record<string, Record<string, unknown>>);
  const items = schema['items'] as Record<string, unknown> | undefined;
  const values = schema['additionalProperties'];
  return [
    ...properties,
    ...(items === undefined ? [] : [['[]', items] as const]),
    ...(typeof values === 'object' && values !== null
      ? [['NAME', values as Record<string, unknown>] as const]
      : []),
  ];
}
