/** How much of a comment is shown. Less of the least important first: lines of diffs, units, dangers. */
export interface Detail {
  /** Lines of one file's diff; 0 leaves diffs out. */
  readonly diffLines: number;
  readonly units: number;
  readonly dangers: number;
  readonly diagnostics: number;
}

/** Forges refuse more than 65,535; the rest is room for what they add. */
export const maxCommentLength = 60_000;

const levels: readonly Detail[] = [
  { diffLines: 400, units: 400, dangers: 200, diagnostics: 200 },
  { diffLines: 120, units: 300, dangers: 150, diagnostics: 150 },
  { diffLines: 40, units: 200, dangers: 100, diagnostics: 100 },
  { diffLines: 12, units: 120, dangers: 60, diagnostics: 60 },
  { diffLines: 0, units: 100, dangers: 50, diagnostics: 40 },
  { diffLines: 0, units: 30, dangers: 20, diagnostics: 20 },
  { diffLines: 0, units: 0, dangers: 10, diagnostics: 10 },
];

/** The comment with the most detail that fits. What is left out is named by the parts themselves. */
export function fitComment(render: (detail: Detail) => string): string {
  let text = '';
  for (const detail of levels) {
    text = render(detail);
    if (text.length <= maxCommentLength) return text;
  }
  const note = '\n\n(cut: the comment would be too long)';
  const cut = text.slice(0, maxCommentLength - note.length);
  return `${cut.slice(0, cut.lastIndexOf('\n'))}${note}`;
}

/** The first items, and one line that says how many are missing. */
export function firstOf<Item>(
  items: readonly Item[],
  count: number,
): { shown: readonly Item[]; hidden: number } {
  const shown = items.slice(0, count);
  return { shown, hidden: items.length - shown.length };
}
