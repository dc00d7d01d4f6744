const integer = /^[+-]?\d+$/;
const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
const longest = 15;

export type OrderOperator = '<' | '<=' | '>' | '>=';

/** As integers where both are, else as decimals, else byte by byte, as Nomad does. None where its own parser might differ. */
export function compareOrder(operator: OrderOperator, left: string, right: string): boolean | undefined {
  if (isNumber(left) && isNumber(right)) return holds(operator, Math.sign(Number(left) - Number(right)));
  // Hexadecimal floats, underscores, infinities: Go reads more than is worth imitating.
  if (isNearNumber(left) && isNearNumber(right)) return undefined;
  return holds(operator, compareBytes(left, right));
}

function isNumber(text: string): boolean {
  return text.length <= longest && (integer.test(text) || decimal.test(text));
}

function isNearNumber(text: string): boolean {
  return /^[+-]?(?:[\d.]|inf|nan)/i.test(text);
}

/** Go compares strings by their UTF-8 bytes. */
function compareBytes(left: string, right: string): number {
  const encoder = new TextEncoder();
  const [a, b] = [encoder.encode(left), encoder.encode(right)];
  for (let index = 0; index < Math.min(a.length, b.length); index += 1) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

function holds(operator: OrderOperator, difference: number): boolean {
  if (operator === '<') return difference < 0;
  if (operator === '<=') return difference <= 0;
  return operator === '>' ? difference > 0 : difference >= 0;
}
