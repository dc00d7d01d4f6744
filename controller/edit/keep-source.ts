import { isCollection, isScalar, type Node, Scalar, type ScalarTag, type Tags, visit } from 'yaml';

const textTag = 'tag:yaml.org,2002:str';

/**
 * Tags that print texts and numbers as they were typed: quotes, escapes and line breaks of a text are its author's, and `0644` and
 * `1.20` are for the checks to say something of, not for a formatter to change.
 */
export function asTyped(source: string): (tags: Tags) => Tags {
  return (tags) =>
    tags.map((tag) => {
      if (typeof tag === 'string') return tag;
      if (tag.tag === textTag) return typedText(tag as ScalarTag, source);
      return /:(?:int|float)$/.test(tag.tag) ? typedNumber(tag as ScalarTag) : tag;
    });
}

function typedNumber(tag: ScalarTag): ScalarTag {
  return {
    ...tag,
    stringify: (item, ...rest) => item.source ?? tag.stringify?.(item, ...rest) ?? String(item.value),
  };
}

function typedText(tag: ScalarTag, source: string): ScalarTag {
  return {
    ...tag,
    stringify: (item, context, ...rest) => {
      const { range } = item;
      const raw = range === null || range === undefined ? undefined : source.slice(range[0], range[1]);
      const kept = raw === undefined ? undefined : typed(item, raw, context.indent);
      return kept ?? tag.stringify?.(item, context, ...rest) ?? String(item.value);
    },
  };
}

function typed(item: Scalar, raw: string, indent: string): string | undefined {
  const isBlock = item.type === Scalar.BLOCK_FOLDED || item.type === Scalar.BLOCK_LITERAL;
  if (isBlock) return typedBlock(item, raw, indent);
  const [first = '', ...others] = raw.split(/\r?\n/);
  const continued = others.map((line) => (line.trim() === '' ? '' : `${indent}${line.trim()}`));
  return [others.length > 0 ? first.trimEnd() : first, ...continued].join('\n');
}

/** Its lines below the new indentation. What has an indentation of its own, or ends with empty lines that count, is left to the library. */
function typedBlock(item: Scalar, raw: string, indent: string): string | undefined {
  const [header = '', ...lines] = raw.replace(/\s+$/, '').split(/\r?\n/);
  const isPlain = /^[|>]-?$/.test(header.trim()) && !item.comment && indent !== '';
  const first = lines.find((line) => line.trim() !== '');
  if (!isPlain || first === undefined) return undefined;
  const depth = /^ */.exec(first)?.[0].length ?? 0;
  const body = lines.map((line) =>
    line.trim() === '' ? line.slice(depth) : `${indent}${line.slice(depth)}`,
  );
  return [header.trim(), ...body].join('\n');
}

/** Flow collections over several lines become blocks: joined they would be too long, and their breaks are nobody's rule. */
export function openFlows(root: Node, source: string): void {
  visit(root, {
    Node: (_key, node) => {
      if (!isCollection(node) || node.flow !== true || isScalar(node)) return;
      const [start = 0, end = 0] = node.range ?? [];
      if (node.items.length > 0 && source.slice(start, end).includes('\n')) node.flow = false;
    },
  });
}
