/** A word of a command line, as it is written and as it reads. */
export interface CommandWord {
  readonly written: string;
  readonly value: string;
  readonly isQuoted: boolean;
}

export interface Command {
  readonly words: readonly CommandWord[];
  /** The rest of the line where a quote is never closed. */
  readonly unclosed?: string;
}

/** Words as systemd.syntax(7) splits them: blanks between them, quotes around them, a backslash before a character. */
export function splitCommand(line: string): Command {
  const words: CommandWord[] = [];
  let at = 0;
  while (at < line.length) {
    const blank = /\s/.test(line.charAt(at));
    if (blank) {
      at++;
      continue;
    }
    const end = wordEnd(line, at);
    if (end === undefined) return { words, unclosed: line.slice(at) };
    const written = line.slice(at, end);
    const isQuoted = /^["']/.test(written);
    words.push({ written, value: written.replaceAll(/\\(.)|["']/g, '$1'), isQuoted });
    at = end;
  }
  return { words };
}

/** None where a quote in the word is never closed. */
function wordEnd(line: string, start: number): number | undefined {
  let quote: string | undefined;
  for (let at = start; at < line.length; at++) {
    const character = line.charAt(at);
    if (character === '\\') at++;
    else if (quote !== undefined) quote = character === quote ? undefined : quote;
    else if (character === '"' || character === "'") quote = character;
    else if (/\s/.test(character)) return at;
  }
  return quote === undefined ? line.length : undefined;
}
