import type { Diagnostic } from '../model/diagnostic.ts';
import { schemaCodes, syntaxCodes } from './compile-codes.ts';

const errorTraps: readonly string[] = [syntaxCodes.octal.code, syntaxCodes.number.code];
const warningTraps: readonly string[] = [syntaxCodes.yesNo.code, syntaxCodes.date.code];
const valueCodes: readonly string[] = [
  schemaCodes.type.code,
  schemaCodes.value.code,
  syntaxCodes.numberForText.code,
];

/**
 * A trap and the schema's finding about the same value are one mistake. An octal says more than "expected a text"; a yes
 * where a boolean is wanted is the schema's error with the trap's hint.
 */
export function shadowTraps(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const byPlace = Map.groupBy(diagnostics, ({ span }) => `${span.path}:${span.line}:${span.column}`);
  return diagnostics.flatMap((finding) => {
    const { path, line, column } = finding.span;
    const beside = byPlace.get(`${path}:${line}:${column}`) ?? [];
    if (warningTraps.includes(finding.code)) {
      return beside.some(({ code }) => valueCodes.includes(code)) ? [] : [finding];
    }
    if (!valueCodes.includes(finding.code)) return [finding];
    if (beside.some(({ code }) => errorTraps.includes(code))) return [];
    const hint = beside.find(({ code }) => warningTraps.includes(code))?.hint;
    const isBoolean = finding.message.startsWith('expected true or false');
    return [hint === undefined || !isBoolean ? finding : { ...finding, hint: withoutDoubt(hint) }];
  });
}

/** What is wanted is known here: no text. */
function withoutDoubt(hint: string): string {
  return hint.replace(/, or ".*" if it is a text$/, '');
}
