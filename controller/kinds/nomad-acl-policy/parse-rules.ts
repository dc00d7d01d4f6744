import { type RuleToken, ruleTokens } from './rule-tokens.ts';

export interface RuleWord {
  readonly value: string;
  readonly at: number;
  readonly end: number;
}

export interface RuleBlock {
  readonly name: RuleWord;
  readonly labels: readonly RuleWord[];
  /** `policy = "read"` has one value, `capabilities = ["a", "b"]` as many as there are. */
  readonly attributes: readonly { readonly name: RuleWord; readonly values: readonly RuleWord[] }[];
  readonly blocks: readonly RuleBlock[];
}

export type ParsedRules =
  | { readonly ok: true; readonly body: Pick<RuleBlock, 'attributes' | 'blocks'> }
  | { readonly ok: false; readonly message: string; readonly at: number; readonly end: number };

/** Deeper than any policy goes: namespace, variables, path. */
const maxDepth = 8;

class RuleSyntaxError extends Error {
  readonly at: number;
  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}

interface Reader {
  readonly tokens: readonly RuleToken[];
  readonly end: number;
  next: number;
}

/** Reads the blocks of a policy; none of the JSON form, which begins with a brace. */
export function parseRules(text: string): ParsedRules {
  if (text.trimStart().startsWith('{')) return { ok: true, body: { attributes: [], blocks: [] } };
  const reader: Reader = { tokens: ruleTokens(text), end: text.length, next: 0 };
  try {
    const body = readBody(reader, 0);
    const rest = peek(reader);
    if (rest !== undefined) throw new RuleSyntaxError(`"${rest.value}" closes nothing`, rest.at);
    return { ok: true, body };
  } catch (error) {
    if (!(error instanceof RuleSyntaxError)) throw error;
    return { ok: false, message: error.message, at: error.at, end: Math.min(error.at + 1, text.length) };
  }
}

function readBody(reader: Reader, depth: number): Pick<RuleBlock, 'attributes' | 'blocks'> {
  const attributes: RuleBlock['attributes'][number][] = [];
  const blocks: RuleBlock[] = [];
  for (let token = peek(reader); token !== undefined && token.value !== '}'; token = peek(reader)) {
    const item = readItem(reader, depth);
    if ('values' in item) attributes.push(item);
    else blocks.push(item);
    if (isMark(peek(reader), ',')) reader.next += 1;
  }
  return { attributes, blocks };
}

function readItem(reader: Reader, depth: number): RuleBlock | RuleBlock['attributes'][number] {
  const name = take(reader, 'a name');
  if (name.kind === 'mark') throw new RuleSyntaxError(`a name is wanted, not "${name.value}"`, name.at);
  const labels: RuleWord[] = [];
  for (let token = peek(reader); isLabel(token); token = peek(reader)) {
    labels.push(take(reader, 'a label'));
  }
  if (isMark(peek(reader), '=')) reader.next += 1;
  else if (!isMark(peek(reader), '{')) throw wanted(reader, `= or { after "${name.value}"`);
  if (!isMark(peek(reader), '{')) return { name, values: readValues(reader) };
  return { name, labels, ...readBlock(reader, name, depth) };
}

function readBlock(reader: Reader, name: RuleWord, depth: number): Pick<RuleBlock, 'attributes' | 'blocks'> {
  if (depth >= maxDepth) throw new RuleSyntaxError('blocks are nested too deep', name.at);
  reader.next += 1;
  const body = readBody(reader, depth + 1);
  if (!isMark(peek(reader), '}'))
    throw new RuleSyntaxError(`the block "${name.value}" is not closed`, name.at);
  reader.next += 1;
  return body;
}

function readValues(reader: Reader): readonly RuleWord[] {
  const first = take(reader, 'a value');
  if (first.kind !== 'mark') return [first];
  if (first.value !== '[') throw new RuleSyntaxError(`a value is wanted, not "${first.value}"`, first.at);
  const values: RuleWord[] = [];
  for (
    let token = take(reader, ']');
    token.value !== ']' || token.kind !== 'mark';
    token = take(reader, ']')
  ) {
    if (token.kind !== 'mark') values.push(token);
    else if (token.value !== ',') throw new RuleSyntaxError(`"${token.value}" inside a list`, token.at);
  }
  return values;
}

function peek(reader: Reader): RuleToken | undefined {
  const token = reader.tokens[reader.next];
  if (token?.kind === 'wrong') throw new RuleSyntaxError(`"${token.value}" begins nothing`, token.at);
  return token;
}

function take(reader: Reader, what: string): RuleToken {
  const token = peek(reader);
  if (token === undefined) throw wanted(reader, what);
  reader.next += 1;
  return token;
}

function wanted(reader: Reader, what: string): RuleSyntaxError {
  return new RuleSyntaxError(`${what} is wanted`, peek(reader)?.at ?? reader.end);
}

function isLabel(token: RuleToken | undefined): boolean {
  return token?.kind === 'text' || token?.kind === 'word';
}

function isMark(token: RuleToken | undefined, value: string): boolean {
  return token?.kind === 'mark' && token.value === value;
}
