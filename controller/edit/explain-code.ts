import type { CodeEntry } from '../model/diagnostic-code.ts';

/** What `docs/diagnostics.md` says of a finding's code; `undefined` for one that does not exist. */
export function explainCode(code: string, codes: readonly CodeEntry[]): string | undefined {
  const entry = codes.find((candidate) => candidate.code === code.toUpperCase());
  if (entry === undefined) return undefined;
  const { severity, title, why, fix } = entry;
  return `CODE      ${entry.code}, ${severity}\n\n${title}.\n\n${why}\nWhat to do: ${fix}.\n`;
}
