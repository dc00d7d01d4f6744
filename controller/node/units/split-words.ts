const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', s: ' ', r: '\r' };

/**
 * Splits a command line as systemd does (systemd.service(5), "Command lines"): quotes, backslash escapes, `${NAME}`
 * inside a word, `$NAME` as a word of its own that is split at spaces, `%%` and `$$` for themselves.
 */
export function splitWords(line: string, variables: Readonly<Record<string, string>>): string[] {
  return rawWords(line).flatMap((word) => {
    const alone = /^\$([A-Za-z_][A-Za-z0-9_]*)$/.exec(word);
    if (alone?.[1] !== undefined)
      return (variables[alone[1]] ?? '').split(/\s+/).filter((part) => part !== '');
    const expanded = word.replace(
      /\$\$|\$\{([A-Za-z_][A-Za-z0-9_]*)\}|%%/g,
      (match, name: string | undefined) => {
        if (name !== undefined) return variables[name] ?? '';
        return match.slice(1);
      },
    );
    return [expanded];
  });
}

const wordPattern = /(?:[^\s"'\\]|\\.|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|["'])+/gs;
const partPattern = /"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|\\(.)/gs;

function rawWords(line: string): string[] {
  return (line.match(wordPattern) ?? []).map(unquote);
}

function unquote(word: string): string {
  return word.replace(partPattern, (_, double?: string, single?: string, escaped?: string) => {
    if (escaped !== undefined) return escapes[escaped] ?? escaped;
    return (double ?? single ?? '').replace(
      /\\(.)/gs,
      (__, character: string) => escapes[character] ?? character,
    );
  });
}
