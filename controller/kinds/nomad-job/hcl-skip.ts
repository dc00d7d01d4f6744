/** What closes the innermost thing that is open: a bracket, a quote, or `<` with a heredoc's marker. */
type Frame = string;

const closers: Readonly<Record<string, string>> = { '{': '}', '(': ')', '[': ']' };
const heredocStart = /<<-?([\p{ID_Start}_][\p{ID_Continue}-]*)\r?\n/uy;
const plain = /[^"#/<{}()[\]\n]+/y;
const quotedText = /[^"\\$%]+/y;
const heredocText = /[^\n$%]+/y;

/** The end of a gap: white space and comments. */
export function skipGap(text: string, offset: number): number {
  let at = offset;
  for (;;) {
    const start = at;
    while (at < text.length && /\s/.test(text.charAt(at))) at += 1;
    at = skipComment(text, at);
    if (at === start) return at;
  }
}

/**
 * The end of an attribute's value: the line's end, or the brace that closes the block around it, outside of any bracket,
 * string, heredoc and comment. For text that HCL refuses it is some place behind the start. Linear, never throws.
 */
export function valueEnd(text: string, offset: number): number {
  const frames: Frame[] = [];
  let at = offset;
  while (at < text.length) {
    if (frames.length === 0 && isOver(text, at)) break;
    at = step(text, at, frames);
  }
  return offset + text.slice(offset, at).trimEnd().length;
}

function isOver(text: string, at: number): boolean {
  return text[at] === '\n' || text[at] === '}' || skipComment(text, at) > at;
}

function skipComment(text: string, at: number): number {
  if (text[at] === '#' || text.startsWith('//', at)) return endOr(text, text.indexOf('\n', at));
  if (!text.startsWith('/*', at)) return at;
  const end = text.indexOf('*/', at + 2);
  return end < 0 ? text.length : end + 2;
}

function endOr(text: string, found: number): number {
  return found < 0 ? text.length : found;
}

function step(text: string, at: number, frames: Frame[]): number {
  const frame = frames.at(-1);
  if (frame === '"') return stepQuoted(text, at, frames);
  return frame?.startsWith('<') === true ? stepHeredoc(text, at, frames) : stepMain(text, at, frames);
}

function stepMain(text: string, at: number, frames: Frame[]): number {
  const run = endOfMatch(plain, text, at) ?? skipComment(text, at);
  if (run > at) return run;
  heredocStart.lastIndex = at;
  const heredoc = heredocStart.exec(text);
  if (heredoc !== null) {
    frames.push(`<${heredoc[1]}`);
    // The line break belongs to the first line, so that an empty heredoc ends too.
    return at + heredoc[0].length - 1;
  }
  const symbol = text.charAt(at);
  const closer = closers[symbol] ?? (symbol === '"' ? '"' : undefined);
  if (closer !== undefined) frames.push(closer);
  else if (symbol === frames.at(-1)) frames.pop();
  return at + 1;
}

function stepQuoted(text: string, at: number, frames: Frame[]): number {
  const run = endOfMatch(quotedText, text, at);
  if (run !== undefined) return run;
  if (text[at] === '\\') return at + 2;
  if (text[at] !== '"') return stepTemplate(text, at, frames);
  frames.pop();
  return at + 1;
}

function stepHeredoc(text: string, at: number, frames: Frame[]): number {
  if (text[at] === '\n') {
    const end = endOr(text, text.indexOf('\n', at + 1));
    if (text.slice(at + 1, end).trim() !== frames.at(-1)?.slice(1)) return at + 1;
    frames.pop();
    return end;
  }
  return endOfMatch(heredocText, text, at) ?? stepTemplate(text, at, frames);
}

/** At a `$` or `%`: `${` opens an interpolation, `$${` is text, and so for `%`. */
function stepTemplate(text: string, at: number, frames: Frame[]): number {
  const symbol = text.charAt(at);
  if (text.startsWith(`${symbol}${symbol}{`, at)) return at + 3;
  if (text[at + 1] !== '{') return at + 1;
  frames.push('}');
  return at + 2;
}

function endOfMatch(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at;
  const found = pattern.exec(text);
  return found === null ? undefined : at + found[0].length;
}
