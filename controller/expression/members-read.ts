import type { ASTNode } from '@marcbachmann/cel-js';

/** Members of a map that a rule names, as `vars.most` and `vars["most"]`; `undefined` where it reads the map in another way. */
export function membersRead(ast: ASTNode, variable: string): ReadonlySet<string> | undefined {
  const names = new Set<string>();
  let isWhole = false;
  const visit = (part: unknown): void => {
    if (Array.isArray(part)) part.forEach(visit);
    else if (isNode(part)) {
      const member = memberOf(part, variable);
      if (member !== undefined) names.add(member);
      else if (part.op === 'id' && part.args === variable) isWhole = true;
      else visit(part.args);
    }
  };
  visit(ast);
  return isWhole ? undefined : names;
}

function memberOf({ op, args }: ASTNode, variable: string): string | undefined {
  if (!['.', '.?', '[]', '[?]'].includes(op)) return undefined;
  const [map, key] = args as readonly unknown[];
  if (!isNode(map) || map.op !== 'id' || map.args !== variable) return undefined;
  const name: unknown = isNode(key) && key.op === 'value' ? key.args : key;
  return typeof name === 'string' ? name : undefined;
}

function isNode(value: unknown): value is ASTNode {
  return typeof value === 'object' && value !== null && 'op' in value && 'args' in value;
}
