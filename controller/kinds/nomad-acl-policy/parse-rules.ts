import { type RuleToken, ruleTokens } from './rule-tokens.ts';

/** A name, label or value; a value without quotes is a `word`. */
export type RuleWord = RuleToken;

export interface RuleAttribute {
  readonly name: RuleWord;
  readonly isList: boolean;
  readonly values: readonly RuleWord[];
}

export interface RuleBlock {
  readonly name: RuleWord;
  readonly labels: readonly RuleWord[];
  readonly attributes: readonly RuleAttribute[];
  readonly blocks: readonly RuleBlock[];
}

export type ParsedRules =
  | {
      readonly ok: true;
      readonly body: Pick<RuleBlock, 'attributes' | 'blocks'>;
      /** The form that begins with a brace: left to Nomad. */
      readonly isJson: boolean;
    }
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

/** Reads the blocks of a policy; none of its JSON form. */
export function parseRules(text: string): ParsedRules {
  if (text.trimStart().startsWith('{'))
    return { ok: true, body: { attributes: [], blocks: [] }, isJson: true };
  const reader: Reader = { tokens: ruleTokens(text), end: text.length, next: 0 };
  try {
    const body = readBody(reader, 0);
    const rest = peek(reader);
    if (rest !== undefined) throw new RuleSyntaxError(`"${rest.value}" closes nothing`, rest.at);
    return { ok: true, body, isJson: false };
  } catch (error) {
    if (!(error instanceof RuleSyntaxError)) throw error;
    return { ok: false, message: error.message, at: error.at, end: Math.min(error.at + 1, text.length) };
  }
}

function readBody(reader: Reader, depth: number): Pick<RuleBlock, 'attributes' | 'blocks'> {
  const attributes: RuleAttribute[] = [];
  const blocks: RuleBlock[] = [];
  for (let token = peek(reader); token !== undefined && token.value !== '}'; token = peek(reader)) {
    const item = readItem(reader, depth);
    if ('values' in item) attributes.push(item);
    else blocks.push(item);
    if (isMark(peek(reader), ',')) reader.next += 1;
  }
  return { attributes, blocks };
}

function readItem(reader: Reader, depth: number): RuleBlock | RuleAttribute {
  const name = take(reader, 'a name');
  if (name.kind === 'mark') throw new RuleSyntaxError(`a name is wanted, not "${name.value}"`, name.at);
  const labels: RuleWord[] = [];
  for (let token = peek(reader); isLabel(token); token = peek(reader)) {
    labels.push(take(reader, 'a label'));
  }
  const isAssigned = isMark(peek(reader), '=');
  if (isAssigned && labels.length > 0) throw wanted(reader, `{ after the label of "${name.value}"`);
  if (isAssigned) reader.next += 1;
  else if (!isMark(peek(reader), '{')) throw wanted(reader, `= or { after "${name.value}"`);
  if (!isMark(peek(reader), '{')) return { name, ...readValues(reader) };
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

function readValues(reader: Reader): Pick<RuleAttribute, 'isList' | 'values'> {
  const first = take(reader, 'a value');
  if (first.kind !== 'mark') return { isList: false, values: [first] };
  if (first.value !== '[') throw new RuleSyntaxError(`a value is wanted, not "${first.value}"`, first.at);
  const values: RuleWord[] = [];
  while (!isMark(peek(reader), ']')) {
    const value = take(reader, ']');
    if (value.kind === 'mark') throw new RuleSyntaxError(`"${value.value}" inside a list`, value.at);
    values.push(value);
    if (isMark(peek(reader), ',')) reader.next += 1;
    else if (!isMark(peek(reader), ']')) throw wanted(reader, 'a comma or ]');
  }
  reader.next += 1;
  return { isList: true, values };
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
