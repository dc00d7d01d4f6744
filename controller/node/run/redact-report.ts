import { redact } from '../../model/redact.ts';

const maxReportBytes = 4096;
const shortestSecret = 6;

/**
 * Takes out of a text what looks like a secret and every word of the payload's sensitive files, and keeps the last
 * 4 KiB: a program's reason stands at the end of what it says.
 */
export function redactReport(text: string, sensitive: readonly Uint8Array[] = []): string {
  const clean = redact(text, sensitive.flatMap(wordsOf));
  const bytes = Buffer.from(clean);
  // A cut in the middle of a character shows as U+FFFD; it goes too.
  return bytes.length <= maxReportBytes
    ? clean
    : bytes
        .subarray(-maxReportBytes + 8)
        .toString()
        .replace(/^\uFFFD+/, '');
}

function wordsOf(content: Uint8Array): readonly string[] {
  const text = Buffer.from(content).toString();
  return text.split(/[\s"'=,;]+/).filter((word) => word.length >= shortestSecret);
}
