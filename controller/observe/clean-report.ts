import { redact } from '../model/redact.ts';

const maxCharacters = 1000;

/** A server's own words made fit to be shown: secrets masked before the cut, one line, printable, 1000 characters. */
export function cleanReport(text: string): string {
  const line = redact(text)
    .replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029\s]+/gu, ' ')
    .trim();
  return line.length <= maxCharacters
    ? line
    : `…${line.slice(-maxCharacters).replace(/^[\uDC00-\uDFFF]/, '')}`;
}
