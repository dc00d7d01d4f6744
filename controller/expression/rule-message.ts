import { isJsonObject, type Json } from '../model/json.ts';
import { compileRule, type Rule, type RuleContext } from './compile-rule.ts';

const pattern = /\{([A-Za-z_][A-Za-z0-9_.]*)\}/g;
const maxValueLength = 120;

/** What can be put into the message of a rule. */
export interface MessageWords {
  readonly rule: Rule;
  readonly context: RuleContext;
  /** Whole words: `{name}`. */
  readonly facts: Readonly<Record<string, string>>;
  /** The first element that breaks the rule. */
  readonly offender: Json | undefined;
  /** What the rule may read: `{job.count}`. */
  readonly variables: readonly string[];
}

/** Placeholders of a message that nothing will be put into. With a `sample`, fields that it does not have are among them. */
export function emptyPlaceholders(
  message: string,
  known: Pick<MessageWords, 'rule' | 'variables'> & {
    readonly facts: readonly string[];
    readonly sample?: RuleContext;
  },
): readonly string[] {
  const elements = elementNames(known.rule);
  return namesIn(message).filter((name) => {
    const [root = ''] = name.split('.', 1);
    if (known.facts.includes(name) || elements.includes(root)) return false;
    const field = fieldRule(name, known.variables);
    return field === undefined || (known.sample !== undefined && !field.evaluate(known.sample).ok);
  });
}

export function fillMessage(message: string, words: MessageWords): string {
  const elements = elementNames(words.rule);
  return message.replaceAll(pattern, (whole, name: string) => {
    if (Object.hasOwn(words.facts, name)) return words.facts[name] ?? '';
    const [root = '', ...path] = name.split('.');
    if (elements.includes(root)) return elementText(words.offender, path);
    const value = fieldRule(name, words.variables)?.evaluate(words.context);
    return value?.ok === true ? textOf(value.value) : whole;
  });
}

function namesIn(message: string): readonly string[] {
  return [...new Set([...message.matchAll(pattern)].map(([, name = '']) => name))];
}

/** What the element of `job.images.all(i, …)` is called: `i`, and `image`. */
function elementNames({ over }: Rule): readonly string[] {
  if (over === undefined) return [];
  const singular = over.list?.endsWith('s') === true ? [over.list.slice(0, -1)] : [];
  return [over.variable, ...singular];
}

/** A plain path below a variable. */
function fieldRule(name: string, variables: readonly string[]): Rule | undefined {
  const [root = '', ...path] = name.split('.');
  if (!variables.includes(root) || path.length === 0 || path.includes('')) return undefined;
  const magnitudes = { listLength: 0, textLength: 0 };
  const compiled = compileRule({ text: name, variables, magnitudes, gives: 'any' });
  return compiled.ok ? compiled.rule : undefined;
}

function elementText(element: Json | undefined, path: readonly string[]): string {
  let value = element;
  for (const key of path) value = isJsonObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  return value === undefined ? 'something' : textOf(named(value));
}

/** An element with a name is called by it. */
function named(value: Json): Json {
  if (!isJsonObject(value)) return value;
  const name = value['unit'] ?? value['name'];
  return typeof name === 'string' && name !== '' ? name : value;
}

function textOf(value: Json): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > maxValueLength ? `${text.slice(0, maxValueLength)}…` : text;
}
