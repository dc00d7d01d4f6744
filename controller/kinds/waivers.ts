import type { DiagnosticCode } from '../model/diagnostic.ts';

/** One finding that a definition accepts until the end of a day, and why. */
export interface Waiver {
  readonly code: DiagnosticCode;
  /** `2026-12-31`. */
  readonly until: string;
  readonly reason: string;
}

export const waiverForm = 'DRV0123 until 2026-12-31: the reason';

const form = /^(DRV0\d{3}) until (\d{4}-\d{2}-\d{2}): (\S.*)$/;

/** Reads the annotation's text: one waiver, or several divided by semicolons or lines. `malformed` are parts that are none. */
export function readWaivers(text: string): {
  readonly waivers: readonly Waiver[];
  readonly malformed: readonly string[];
} {
  const waivers: Waiver[] = [];
  const malformed: string[] = [];
  const parts = text.split(/[;\n]/).map((part) => part.trim());
  for (const part of parts.filter((each) => each !== '')) {
    const [, code, until = '', reason = ''] = form.exec(part) ?? [];
    if (code === undefined || !isDay(until)) malformed.push(part);
    else waivers.push({ code: code as DiagnosticCode, until, reason });
  }
  return { waivers, malformed: waivers.length + malformed.length === 0 ? [text] : malformed };
}

/** A day of the calendar: there is no 30th of February. */
function isDay(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
