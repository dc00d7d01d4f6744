export interface UnitEntry {
  /** Counts from 1: the line that the assignment begins on. */
  readonly line: number;
  readonly section: string;
  readonly key: string;
  readonly value: string;
}

export interface UnitText {
  readonly entries: readonly UnitEntry[];
  readonly sections: readonly { readonly line: number; readonly name: string }[];
  /** Lines that are neither a section, an assignment nor a comment. */
  readonly odd: readonly { readonly line: number; readonly text: string }[];
}

/** A unit file as systemd.syntax(7) reads it: a backslash at the end joins lines, comments between them are skipped. */
export function readUnitText(text: string): UnitText {
  const entries: UnitEntry[] = [];
  const sections: { line: number; name: string }[] = [];
  const odd: { line: number; text: string }[] = [];
  for (const { line, text: row } of joinedLines(text)) {
    const header = /^\[([^\]]*)\]$/.exec(row);
    const assignment = /^([A-Za-z0-9_-]+)\s*=\s*(.*)$/s.exec(row);
    const section = sections.at(-1)?.name ?? '';
    if (header !== null) sections.push({ line, name: header[1] ?? '' });
    else if (assignment === null) odd.push({ line, text: row });
    else entries.push({ line, section, key: assignment[1] ?? '', value: (assignment[2] ?? '').trim() });
  }
  return { entries, sections, odd };
}

interface Line {
  readonly line: number;
  readonly text: string;
}

/** Logical lines that say something, each with the number of its first. */
function joinedLines(text: string): readonly Line[] {
  const joined: Line[] = [];
  let open: Line | undefined;
  for (const [index, raw] of text.split('\n').entries()) {
    const row = raw.trim();
    if (isComment(row) || (row === '' && open === undefined)) continue;
    const isOpen = row.endsWith('\\');
    const whole = continued(open, { line: index + 1, text: isOpen ? row.slice(0, -1).trimEnd() : row });
    open = isOpen ? whole : undefined;
    if (!isOpen) joined.push(whole);
  }
  return open === undefined ? joined : [...joined, open];
}

function isComment(row: string): boolean {
  return row.startsWith('#') || row.startsWith(';');
}

function continued(open: Line | undefined, piece: Line): Line {
  return open === undefined ? piece : { line: open.line, text: `${open.text} ${piece.text}` };
}
