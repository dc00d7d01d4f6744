export const maxErrorBytes = 4096;
const mask = '***';
const shortestSecret = 6;

const patterns: readonly RegExp[] = [
  /(?<=\b(?:password|passwd|secret|token|api[_-]?key|private[_-]?key)["']?\s*[:=]\s*["']?)[^\s"',;]+/gi,
  /(?<=\bBearer\s+)[A-Za-z0-9._~+/-]+=*/gi,
  /(?<=:\/\/[^\s:/@]*:)[^\s@/]+(?=@)/g,
  /\bhv[bs]\.[A-Za-z0-9_-]{8,}/g,
];

/**
 * Takes out of a text what looks like a secret and every word of the payload's sensitive files, and keeps the last
 * 4 KiB: a program's reason stands at the end of what it says.
 */
export function redact(text: string, sensitive: readonly Uint8Array[] = []): string {
  const words = new Set(sensitive.flatMap(wordsOf));
  let clean = text;
  for (const word of [...words].toSorted((a, b) => b.length - a.length)) clean = clean.replaceAll(word, mask);
  for (const pattern of patterns) clean = clean.replace(pattern, mask);
  const bytes = Buffer.from(clean);
  // A cut in the middle of a character shows as U+FFFD; it goes too.
  return bytes.length <= maxErrorBytes
    ? clean
    : bytes
        .subarray(-maxErrorBytes + 8)
        .toString()
        .replace(/^\uFFFD+/, '');
}

function wordsOf(content: Uint8Array): readonly string[] {
  const text = Buffer.from(content).toString();
  return text.split(/[\s"'=,;]+/).filter((word) => word.length >= shortestSecret);
}
