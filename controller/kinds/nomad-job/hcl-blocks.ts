import type { TextRange } from '../../model/text-range.ts';
import { skipGap, valueEnd } from './hcl-skip.ts';

/** A block of an HCL text with the places of its parts. The file itself is one, without type and labels. */
export interface HclBlock {
  readonly type: string;
  readonly labels: readonly string[];
  /** Type and labels. */
  readonly header: TextRange;
  /** Places of the values. */
  readonly attributes: ReadonlyMap<string, TextRange>;
  readonly blocks: readonly HclBlock[];
}

interface OpenBlock extends HclBlock {
  readonly attributes: Map<string, TextRange>;
  readonly blocks: OpenBlock[];
}

interface Header {
  readonly type: string;
  readonly labels: readonly string[];
  readonly end: number;
}

const identifier = /[\p{ID_Start}_][\p{ID_Continue}-]*/uy;
const quotedLabel = /"((?:[^"\\\n]|\\.)*)"/y;

/**
 * The blocks and attributes of an HCL text. Nothing in strings, heredocs and comments is taken for one. For text that HCL
 * refuses it gives some answer. Linear, never throws.
 */
export function readHclBlocks(text: string): HclBlock {
  const root = createBlock({ type: '', labels: [], end: 0 }, 0);
  const open: OpenBlock[] = [root];
  let at = skipGap(text, text.startsWith('\uFEFF') ? 1 : 0);
  while (at < text.length) at = skipGap(text, step(text, at, open));
  return root;
}

function step(text: string, at: number, open: OpenBlock[]): number {
  if (text[at] === '}' && open.length > 1) open.pop();
  const name = matchAt(identifier, text, at)?.[0];
  // A string here is no HCL; what is in it is no block either.
  if (name === undefined) return text[at] === '"' ? Math.max(valueEnd(text, at), at + 1) : at + 1;
  const next = skipGap(text, at + name.length);
  const isAttribute = text[next] === '=' && text[next + 1] !== '=';
  return isAttribute
    ? readAttribute(text, { name, start: skipGap(text, next + 1) }, open)
    : readBlock(text, { name, start: at }, open);
}

function readAttribute(
  text: string,
  { name, start }: { name: string; start: number },
  open: readonly OpenBlock[],
): number {
  const end = valueEnd(text, start);
  const attributes = open.at(-1)?.attributes;
  if (attributes?.has(name) === false) attributes.set(name, { start, end });
  return end;
}

function readBlock(
  text: string,
  { name, start }: { name: string; start: number },
  open: OpenBlock[],
): number {
  const header = readHeader(text, start, name);
  if (header === undefined) return start + name.length;
  const block = createBlock(header, start);
  open.at(-1)?.blocks.push(block);
  open.push(block);
  return skipGap(text, header.end) + 1;
}

/** Type, labels and the brace behind them; none when it is no block. */
function readHeader(text: string, at: number, type: string): Header | undefined {
  const labels: string[] = [];
  let end = at + type.length;
  for (;;) {
    const next = skipGap(text, end);
    if (text[next] === '{') return { type, labels, end };
    const label = matchAt(quotedLabel, text, next) ?? matchAt(identifier, text, next);
    if (label === undefined || labels.length === 3) return undefined;
    labels.push(label[1] ?? label[0]);
    end = next + label[0].length;
  }
}

function createBlock({ type, labels, end }: Header, start: number): OpenBlock {
  return { type, labels, header: { start, end }, attributes: new Map(), blocks: [] };
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text) ?? undefined;
}
