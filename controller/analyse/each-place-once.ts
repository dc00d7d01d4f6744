import type { Diagnostic, Span } from '../model/diagnostic.ts';

/** One finding of a code for one place: an application and its migration share fields, and one mistake in them is one. */
export function eachPlaceOnce(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return [
    ...new Map(diagnostics.toReversed().map((found) => [placeKey(found), found])).values(),
  ].toReversed();
}

function placeKey({ code, span }: Diagnostic): string {
  return JSON.stringify([code, spanKey(span)]);
}

function spanKey({ path, line, column, endLine, endColumn }: Span): string {
  return [path, line, column, endLine, endColumn].join(':');
}

export interface Alike {
  /** What is one mistake: findings with the same key are told at the first place. */
  readonly key: string;
  readonly finding: Diagnostic;
  /** What is said of this place when another one has the finding. */
  readonly also: string;
  /** Where that is said; the finding’s own place when absent. */
  readonly at?: Span;
}

/** One mistake that shows at several places is told once, with the others beside it. */
export function foldAlike(found: readonly Alike[]): readonly Diagnostic[] {
  return [...Map.groupBy(found, ({ key }) => key).values()].flatMap(([first, ...others]) => {
    if (first === undefined) return [];
    const { finding } = first;
    const elsewhere = new Map(
      others.map(({ finding: { span: own }, also, at: span = own }) => [
        spanKey(span),
        { message: also, span },
      ]),
    );
    elsewhere.delete(spanKey(finding.span));
    const related = [...elsewhere.values(), ...(finding.related ?? [])];
    return [related.length === 0 ? finding : { ...finding, related }];
  });
}
