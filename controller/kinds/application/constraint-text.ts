import type { JsonObject } from '../../model/json.ts';

/** A condition as Nomad's API has it, or one sentence of what is wrong with the text and one of what to write. */
export type ParsedConstraint =
  | { readonly ok: true; readonly constraint: JsonObject }
  | { readonly ok: false; readonly message: string; readonly hint: string };

const spellings: Readonly<Record<string, string>> = { '==': '=', is: '=', not: '!=' };
const unary: ReadonlySet<string> = new Set(['is_set', 'is_not_set']);
const pattern =
  /^(?<left>\$\{[^{}\s]+\}|[A-Za-z][\w./-]*)(?:\s*(?<symbol>==|!=|<=|>=|=|<|>)\s*|\s+(?<word>[a-z_]+)(?:\s+|$))(?<right>.*)$/s;
const operators: ReadonlySet<string> = new Set([
  '=',
  '==',
  '!=',
  '<',
  '<=',
  '>',
  '>=',
  'is',
  'not',
  'regexp',
  'version',
  'semver',
  'set_contains',
  'set_contains_all',
  'set_contains_any',
  'distinct_property',
  ...unary,
]);

/** Reads `attr.cpu.arch = amd64`: a property, one of Nomad's operators, and what it is compared with. */
export function parseConstraint(text: string): ParsedConstraint {
  if (text.trim() === 'distinct_hosts') {
    return wrong('distinct_hosts is no condition on a server', 'write placement.distinctHosts: true');
  }
  const { left = '', symbol, word, right = '' } = pattern.exec(text.trim())?.groups ?? {};
  const written = symbol ?? word ?? '';
  if (!operators.has(written)) {
    const known = [...operators].join(' ');
    return wrong(`"${text}" is no condition`, `write a property, an operator (${known}) and a value`);
  }
  const operator = spellings[written] ?? written;
  return withProperty(left, { operator, value: unquoted(right.trim()) });
}

interface Comparison {
  readonly operator: string;
  readonly value: string;
}

function withProperty(left: string, comparison: Comparison): ParsedConstraint {
  const target = propertyOf(left);
  return target === undefined
    ? wrong(`"${left}" is no property of a server`, 'begin it with attr., meta., node. or device.')
    : withValue(target, comparison);
}

function withValue(target: string, { operator, value }: Comparison): ParsedConstraint {
  const isUnary = unary.has(operator);
  if (isUnary && value !== '') return wrong(`${operator} takes no value`, `leave "${value}" out`);
  if (value === '' && !isUnary && operator !== 'distinct_property') {
    return wrong(`nothing stands behind ${operator}`, 'write the value that is wanted');
  }
  return {
    ok: true,
    constraint: { LTarget: target, Operand: operator, ...(value === '' ? {} : { RTarget: value }) },
  };
}

function propertyOf(left: string): string | undefined {
  const inside = left.startsWith('${') ? left.slice(2, -1) : left;
  return /^(?:attr|meta|node|device)\../.test(inside) ? `\${${inside}}` : undefined;
}

function unquoted(text: string): string {
  return /^"[^"]*"$/.test(text) ? text.slice(1, -1) : text;
}

function wrong(message: string, hint: string): ParsedConstraint {
  return { ok: false, message, hint };
}
