/** A piece of policy text. `word` is an identifier, a number or a boolean; `mark` one of `{}[]=,`. */
export interface RuleToken {
  readonly kind: 'word' | 'text' | 'mark' | 'wrong';
  readonly value: string;
  /** UTF-16 offsets in the text, the end exclusive. */
  readonly at: number;
  readonly end: number;
}

const pattern =
  /(?<gap>[\s\uFEFF]+|#[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?\*\/)|<<-?(?<mark>\w+)\r?\n(?<heredoc>(?:[\s\S]*?\n)?)[ \t]*\k<mark>(?=\r?\n|$)|"(?<text>(?:[^"\\\n]|\\.)*)"|(?<word>[\p{L}\d_.-]+)|(?<sign>[{}[\]=,])/uy;

/** The tokens of HCL 1 as policies use it. Ends with a `wrong` one at the first character that begins none. Linear. */
export function ruleTokens(text: string): readonly RuleToken[] {
  const tokens: RuleToken[] = [];
  let at = 0;
  while (at < text.length) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match === null) return [...tokens, { kind: 'wrong', value: text.charAt(at), at, end: at + 1 }];
    const token = tokenOf(match, at);
    if (token !== undefined) tokens.push(token);
    at += match[0].length;
  }
  return tokens;
}

function tokenOf({ 0: whole, groups = {} }: RegExpExecArray, at: number): RuleToken | undefined {
  const end = at + whole.length;
  const { text, heredoc, word, sign } = groups;
  if (text !== undefined || heredoc !== undefined)
    return { kind: 'text', value: text ?? heredoc ?? '', at, end };
  if (word !== undefined) return { kind: 'word', value: word, at, end };
  return sign === undefined ? undefined : { kind: 'mark', value: sign, at, end };
}
