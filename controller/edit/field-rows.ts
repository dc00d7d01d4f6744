/** One field of a spec, as it is told to people. */
export interface FieldRow {
  /** `interfaces.NAME.address`; `[]` is each element of a list. */
  readonly path: string;
  readonly type: string;
  readonly isRequired: boolean;
  readonly defaultValue: string;
  readonly description: string;
}

type Node = Readonly<Record<string, unknown>>;

/** All fields of a schema, each before those inside it. A field of several forms has the rows of each. */
export function fieldRows(schema: unknown, path = ''): readonly FieldRow[] {
  const node = asNode(schema);
  const choices = node['anyOf'];
  if (Array.isArray(choices)) return choices.flatMap((choice) => fieldRows(choice, path));
  if (node['type'] === 'array') return fieldRows(node['items'], `${path}[]`);
  const patterns = node['patternProperties'];
  if (patterns !== undefined) return fieldRows(Object.values(asNode(patterns))[0], `${path}.NAME`);
  const required = Array.isArray(node['required']) ? node['required'] : [];
  return Object.entries(asNode(node['properties'])).flatMap(([name, field]) => {
    const inside = path === '' ? name : `${path}.${name}`;
    const row: FieldRow = {
      path: inside,
      type: typeText(field),
      isRequired: required.includes(name),
      defaultValue: defaultText(asNode(field)['default']),
      description: textOf(asNode(field)['description'], ''),
    };
    return [row, ...fieldRows(field, inside)];
  });
}

function defaultText(value: unknown): string {
  return value === undefined ? '' : `\`${JSON.stringify(value).replace(/^"(.+)"$/, '$1')}\``;
}

/** The type in words: `text`, `map of text`, `Respect or Heal`. */
export function typeText(schema: unknown): string {
  const node = asNode(schema);
  if (node['not'] !== undefined) return 'never';
  if (Array.isArray(node['enum'])) return node['enum'].map((word) => `\`${String(word)}\``).join(' or ');
  if (typeof node['const'] === 'string') return `\`${node['const']}\``;
  if (Array.isArray(node['anyOf'])) return [...new Set(node['anyOf'].map(typeText))].join(' or ');
  const quantity = node['x-drover-quantity'];
  if (typeof quantity === 'string') return quantity;
  if (node['type'] === 'array') return `list of ${typeText(node['items'])}`;
  const patterns = node['patternProperties'];
  if (patterns !== undefined) return `map of ${typeText(Object.values(asNode(patterns))[0])}`;
  const words: Readonly<Record<string, string>> = {
    string: 'text',
    object: 'object',
    boolean: 'true or false',
  };
  const type = textOf(node['type'], 'anything');
  return words[type] ?? type;
}

function textOf(value: unknown, fallback: string): string {
  return typeof value === 'string' ? value : fallback;
}

function asNode(value: unknown): Node {
  return typeof value === 'object' && value !== null ? (value as Node) : {};
}
