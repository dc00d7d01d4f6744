/** A function call in HCL text. Offsets are in UTF-16 units; `open` is that of the parenthesis. */
export interface HclCall {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly open: number;
}

interface MainFrame {
  readonly kind: 'main';
  /** Braces opened inside it; the one that closes an interpolation is not counted. */
  braces: number;
}

interface QuotedFrame {
  readonly kind: 'quoted';
}

interface HeredocFrame {
  readonly kind: 'heredoc';
  readonly marker: string;
  startOfLine: boolean;
}

type Frame = MainFrame | QuotedFrame | HeredocFrame;

interface Scan {
  readonly text: string;
  readonly frames: Frame[];
  readonly calls: HclCall[];
  /** The identifier that a parenthesis would make a call. */
  name: Omit<HclCall, 'open'> | undefined;
  /** No `*` `/` follows: looked for once, so that a text of comment openings is still read in linear time. */
  hasNoCommentEnd: boolean;
}

const blank = /\s+/y;
const lineComment = /(?:#|\/\/)[^\n]*/y;
const identifier = /[\p{ID_Start}_][\p{ID_Continue}-]*/uy;
const heredocStart = /<<-?(?<marker>[\p{ID_Start}_][\p{ID_Continue}-]*)\r?\n/uy;
const quotedText = /[^"\\$%]+/y;
const heredocText = /[^\n$%]+/y;
/** What Go's `bytes.TrimSpace` takes off, which is how HCL finds a heredoc's end. */
const goSpace = /[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;
/** Part of `for` and of template directives; a parenthesis after one groups. There are no functions of these names. */
const keywords: ReadonlySet<string> = new Set(['in', 'if']);

/**
 * Every function call in HCL2 native syntax, in order: also those in interpolations, nested however deep, and none
 * from comments, plain strings and heredoc text. Follows the token rules of HCL's own scanner (scan_tokens.rl); for
 * text that HCL refuses it gives some answer, and the parse then says what is wrong. Linear, never throws.
 */
export function scanHclCalls(text: string): readonly HclCall[] {
  const scan: Scan = {
    text,
    frames: [{ kind: 'main', braces: 0 }],
    calls: [],
    name: undefined,
    hasNoCommentEnd: false,
  };
  let offset = text.startsWith('\uFEFF') ? 1 : 0;
  while (offset < text.length) offset = step(scan, offset);
  return scan.calls;
}

function step(scan: Scan, offset: number): number {
  const frame = scan.frames.at(-1) ?? { kind: 'main', braces: 0 };
  if (frame.kind === 'main') return stepMain(scan, frame, offset);
  return frame.kind === 'quoted' ? stepQuoted(scan, offset) : stepHeredoc(scan, frame, offset);
}

function match(pattern: RegExp, text: string, offset: number): RegExpExecArray | null {
  pattern.lastIndex = offset;
  return pattern.exec(text);
}

function stepMain(scan: Scan, frame: MainFrame, offset: number): number {
  const { text } = scan;
  const gap = match(blank, text, offset) ?? match(lineComment, text, offset);
  // Space and comments may stand between a name and its parenthesis.
  if (gap !== null) return offset + gap[0].length;
  const afterComment = blockCommentEnd(scan, offset);
  if (afterComment !== undefined) return afterComment;
  const word = match(identifier, text, offset);
  if (word !== null) {
    const end = offset + word[0].length;
    scan.name = keywords.has(word[0]) ? undefined : { name: word[0], start: offset, end };
    return end;
  }
  if (text[offset] === '(' && scan.name !== undefined) scan.calls.push({ ...scan.name, open: offset });
  scan.name = undefined;
  return stepSymbol(scan, frame, offset);
}

function blockCommentEnd(scan: Scan, offset: number): number | undefined {
  if (scan.hasNoCommentEnd || !scan.text.startsWith('/*', offset)) return undefined;
  const end = scan.text.indexOf('*/', offset + 2);
  if (end >= 0) return end + 2;
  scan.hasNoCommentEnd = true;
  return undefined;
}

function stepSymbol(scan: Scan, frame: MainFrame, offset: number): number {
  const { text, frames } = scan;
  const heredoc = match(heredocStart, text, offset);
  if (heredoc !== null) {
    frames.push({ kind: 'heredoc', marker: heredoc.groups?.['marker'] ?? '', startOfLine: true });
    return offset + heredoc[0].length;
  }
  const symbol = text[offset];
  if (symbol === '"') frames.push({ kind: 'quoted' });
  if (symbol === '{') frame.braces += 1;
  if (symbol === '}') closeBrace(frames, frame);
  return offset + ((text.codePointAt(offset) ?? 0) > 0xffff ? 2 : 1);
}

function closeBrace(frames: Frame[], frame: MainFrame): void {
  if (frame.braces === 0 && frames.length > 1) frames.pop();
  else frame.braces -= 1;
}

function stepQuoted(scan: Scan, offset: number): number {
  const plain = match(quotedText, scan.text, offset);
  if (plain !== null) return offset + plain[0].length;
  const symbol = scan.text[offset];
  if (symbol === '\\') return offset + 2;
  if (symbol !== '"') return stepTemplate(scan, offset);
  scan.frames.pop();
  return offset + 1;
}

function stepHeredoc(scan: Scan, frame: HeredocFrame, offset: number): number {
  const { text } = scan;
  if (frame.startOfLine) {
    frame.startOfLine = false;
    const end = text.indexOf('\n', offset);
    if (end >= 0 && isOnlyMarker(text, frame.marker, { start: offset, end })) {
      scan.frames.pop();
      return end;
    }
  }
  const plain = match(heredocText, text, offset);
  if (plain !== null) return offset + plain[0].length;
  if (text[offset] !== '\n') return stepTemplate(scan, offset);
  frame.startOfLine = true;
  return offset + 1;
}

function isOnlyMarker(text: string, marker: string, line: { start: number; end: number }): boolean {
  let { start, end } = line;
  while (start < end && goSpace.test(text[start] ?? '')) start += 1;
  while (end > start && goSpace.test(text[end - 1] ?? '')) end -= 1;
  return end - start === marker.length && text.startsWith(marker, start);
}

/** At a `$` or `%`: `${` opens an interpolation, `$${` is text, and so for `%`. */
function stepTemplate(scan: Scan, offset: number): number {
  const { text, frames } = scan;
  const symbol = text[offset] ?? '';
  if (text.startsWith(`${symbol}${symbol}{`, offset)) return offset + 3;
  if (text[offset + 1] !== '{') return offset + 1;
  frames.push({ kind: 'main', braces: 0 });
  scan.name = undefined;
  return offset + 2;
}
