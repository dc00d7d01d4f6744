import { patternProblem } from '../pattern-problem.ts';
import { childrenOf, type Expression } from './expression.ts';
import type { PromqlProblem } from './promql-problem.ts';
import type { PromqlType } from './signatures.ts';
import { textValue } from './text-value.ts';

interface Matcher {
  readonly label: string;
  readonly operator: string;
  readonly value: string;
  readonly node: Expression['node'];
}

/** `up{job="node"}`: at least one matcher that asks for something, patterns that Go reads, one name. */
export function selectorProblem(
  { node, range }: Expression,
  _types: readonly PromqlType[],
  query: string,
): PromqlProblem | undefined {
  const parts = childrenOf(node);
  const named = parts.find(({ name }) => name === 'Identifier');
  const list = parts.find(({ name }) => name === 'LabelMatchers');
  const written = list === undefined ? [] : childrenOf(list);
  const matchers = written.flatMap((matcher) => matcherOf(matcher, query) ?? []);
  for (const { operator, value, node: at } of matchers) {
    const problem = operator.includes('~') ? patternProblem(value) : undefined;
    if (problem === undefined) continue;
    const message = `the pattern "${value}" is none: ${problem}`;
    return { about: 'selector', message, hint: 'correct the pattern', range: { start: at.from, end: at.to } };
  }
  const second = named === undefined ? undefined : matchers.find(({ label }) => label === '__name__');
  if (second !== undefined) {
    const message = 'the metric is named twice, before the braces and in them';
    const at = { start: second.node.from, end: second.node.to };
    return { about: 'selector', message, hint: 'keep one of the two names', range: at };
  }
  const isBound = named !== undefined || written.length > matchers.length || matchers.some(asksForSomething);
  if (isBound) return undefined;
  return {
    about: 'selector',
    message: 'this selects every series that there is: no matcher asks for something',
    hint: 'write the name of a metric, or a matcher that the empty text does not satisfy',
    range,
  };
}

/** None for a quoted name by itself. */
function matcherOf(node: Expression['node'], query: string): Matcher | undefined {
  const parts = childrenOf(node);
  const slice = (part: Expression['node'] | undefined) =>
    part === undefined ? '' : query.slice(part.from, part.to);
  if (parts.length !== 3) return undefined;
  const [label, operator, value] = parts;
  if (value === undefined) return undefined;
  return { label: slice(label), operator: slice(operator), value: textValue(slice(value)), node: value };
}

/** Whether the empty text, which is the value of a label that is not there, does not match. */
function asksForSomething({ operator, value }: Matcher): boolean {
  if (operator === '=') return value !== '';
  if (operator === '!=') return value === '';
  const matchesEmpty = emptyMatches(value);
  return matchesEmpty === undefined || (operator === '=~' ? !matchesEmpty : matchesEmpty);
}

/** With more the engine, which tries all ways, might take long. */
const maxChoices = 10;

/** What Go’s expressions and the engine’s agree on; `undefined` where the engine can’t read one. */
function emptyMatches(pattern: string): boolean | undefined {
  if ((pattern.match(/[|?*+{]/g) ?? []).length > maxChoices) return undefined;
  if (/\{\d{3}/.test(pattern)) return undefined;
  try {
    return new RegExp(`^(?:${pattern})$`, 'u').test('');
  } catch {
    return undefined;
  }
}
