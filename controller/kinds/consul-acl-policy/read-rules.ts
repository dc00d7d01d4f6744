import { isJsonObject, type Json } from '../../model/json.ts';

/** A part of Consul’s rules with its place: UTF-16 offset in the text. */
export interface RulePart {
  readonly word: string;
  readonly start: number;
}

export interface RuleLevel extends RulePart {
  /** On what it is granted: `key_prefix`. */
  readonly resource: string;
}

/** The outline of rules: which resources, which rights. */
export interface AclRules {
  /** What stands outermost: `service_prefix`, `operator`. */
  readonly resources: readonly RulePart[];
  readonly levels: readonly RuleLevel[];
  /** Where the text can’t be read any further: a bracket or quote that is left open, or closes nothing. */
  readonly brokenAt: number | undefined;
}

/** Reads rules in Consul’s language or as JSON. Not a parser: what it lets through may still be refused by Consul. */
export function readAclRules(text: string): AclRules {
  return text.trimStart().startsWith('{') ? readJson(text) : readHcl(text);
}

interface Token extends RulePart {
  readonly kind: 'word' | 'text' | 'mark' | 'quote';
}

const tokenPattern =
  /#[^\n]*|\/\/[^\n]*|\/\*(?:[\s\S]*?\*\/|[\s\S]*$)|"((?:[^"\\\n]|\\.)*)"|([A-Za-z_][A-Za-z0-9_]*)|([{}=])|(")/g;

function tokensOf(text: string): readonly Token[] {
  return [...text.matchAll(tokenPattern)].flatMap((match): Token[] => {
    const [, quoted, word, mark, quote] = match;
    const start = match.index;
    if (quoted !== undefined) return [{ kind: 'text', word: quoted, start }];
    if (word !== undefined) return [{ kind: 'word', word, start }];
    if (mark !== undefined) return [{ kind: 'mark', word: mark, start }];
    return quote === undefined ? [] : [{ kind: 'quote', word: quote, start }];
  });
}

function readHcl(text: string): AclRules {
  const tokens = tokensOf(text);
  const depths = depthsOf(tokens);
  const resources = tokens.filter(({ kind }, index) => kind === 'word' && depths[index] === 0);
  const levels = tokens.flatMap((token, index): RuleLevel[] => {
    if (token.kind !== 'word') return [];
    const isRight = depths[index] === 0 || token.word === 'policy' || token.word === 'intentions';
    const level = levelAt(tokens, index);
    if (level === undefined || !isRight) return [];
    const resource = resources.findLast(({ start }) => start <= token.start)?.word ?? '';
    return [{ ...level, resource }];
  });
  return { resources, levels, brokenAt: brokenAt(tokens) };
}

/** How many brackets are open before each token. */
function depthsOf(tokens: readonly Token[]): readonly number[] {
  let depth = 0;
  return tokens.map(({ kind, word }) => {
    const before = depth;
    if (kind === 'mark') depth += word === '{' ? 1 : word === '}' ? -1 : 0;
    return before;
  });
}

function brokenAt(tokens: readonly Token[]): number | undefined {
  const open: number[] = [];
  for (const { kind, word, start } of tokens) {
    if (kind === 'quote') return start;
    if (kind !== 'mark') continue;
    if (word === '{') open.push(start);
    if (word === '}' && open.pop() === undefined) return start;
  }
  return open[0];
}

/** The text behind `policy =`. */
function levelAt(tokens: readonly Token[], index: number): Token | undefined {
  const value = tokens[index + 2];
  return tokens[index + 1]?.word === '=' && value?.kind === 'text' ? value : undefined;
}

function readJson(text: string): AclRules {
  const placed = (word: string) => ({ word, start: Math.max(0, text.indexOf(JSON.stringify(word))) });
  let rules: unknown;
  try {
    rules = JSON.parse(text);
  } catch {
    return { resources: [], levels: [], brokenAt: 0 };
  }
  const entries = isJsonObject(rules) ? Object.entries(rules) : [];
  return {
    resources: entries.map(([name]) => placed(name)),
    levels: entries.flatMap(([resource, value]) =>
      levelsIn(value).map((word) => ({ ...placed(word), resource })),
    ),
    brokenAt: undefined,
  };
}

/** `"operator": "read"`, or one object for each name. */
function levelsIn(value: Json): readonly string[] {
  if (typeof value === 'string') return [value];
  if (!isJsonObject(value)) return [];
  return Object.values(value).flatMap((rule) => {
    if (!isJsonObject(rule)) return [];
    return [rule['policy'], rule['intentions']].filter((level) => typeof level === 'string');
  });
}
