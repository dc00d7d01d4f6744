const maxCharacters = 1000;
const mask = '***';

const secrets: readonly RegExp[] = [
  /(?<=\b(?:password|passwd|secret|token|api[_-]?key|private[_-]?key)["']?\s*[:=]\s*["']?)[^\s"',;]+/gi,
  /(?<=\bBearer\s+)[A-Za-z0-9._~+/-]+=*/gi,
  /(?<=:\/\/[^\s:/@]*:)[^\s@/]+(?=@)/g,
  /\bhv[bs]\.[A-Za-z0-9_-]{8,}/g,
];

/** A server's own words made fit to be shown: secrets masked before the cut, one line, printable, 1000 characters. */
export function cleanReport(text: string): string {
  const masked = secrets.reduce((clean, pattern) => clean.replace(pattern, mask), text);
  const line = masked.replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029\s]+/gu, ' ').trim();
  return line.length <= maxCharacters
    ? line
    : `…${line.slice(-maxCharacters).replace(/^[\uDC00-\uDFFF]/, '')}`;
}
