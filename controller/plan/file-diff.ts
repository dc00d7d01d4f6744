import { structuredPatch } from 'diff';
import type { FileDiff } from '../model/plan.ts';

export interface DiffSides {
  readonly path: string;
  readonly before: Uint8Array | undefined;
  readonly after: Uint8Array | undefined;
  /** Content that people marked sensitive: only that it changed is told. */
  readonly sensitive: boolean;
}

/** Above these a diff is no longer read by anybody, and no longer cheap to make. */
const maxFileBytes = 512 * 1024;
const maxEdits = 4000;

/** The difference of one file, as lines; for what can't be shown a note that says so. */
export function diffFile({ path, before, after, sensitive }: DiffSides): FileDiff {
  const change = before === undefined ? 'add' : after === undefined ? 'remove' : 'modify';
  const hidden = (note: string): FileDiff => ({ path, change, diff: '', note });
  if (sensitive) return hidden('sensitive: content not shown');
  const [old, now] = [textOf(before), textOf(after)];
  if (old === undefined || now === undefined) {
    return hidden(`binary, ${sizeOf(before)} → ${sizeOf(after)} bytes`);
  }
  const diff = old.length + now.length > maxFileBytes ? undefined : diffText(old, now);
  return diff === undefined ? hidden('too large to show') : { path, change, diff };
}

function sizeOf(bytes: Uint8Array | undefined): number {
  return bytes?.length ?? 0;
}

/** A unified diff without file headers; `undefined` when it would take too many edits. */
export function diffText(before: string, after: string): string | undefined {
  const patch = structuredPatch('a', 'b', before, after, undefined, undefined, {
    context: 3,
    maxEditLength: maxEdits,
  });
  return patch?.hunks
    .map(({ oldStart, newStart, lines }, index) => {
      const isWhole = index === 0 && patch.hunks.length === 1;
      return isWhole ? lines.join('\n') : [`@@ -${oldStart} +${newStart} @@`, ...lines].join('\n');
    })
    .join('\n');
}

/** `undefined` for bytes that are no text. */
function textOf(bytes: Uint8Array | undefined): string | undefined {
  if (bytes === undefined) return '';
  if (bytes.includes(0)) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
