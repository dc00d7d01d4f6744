import { kindCodes } from '../kinds/kind-codes.ts';
import type { Diagnostic, Span } from '../model/diagnostic.ts';
import { findingOf } from '../model/diagnostic-code.ts';
import { type Unit, unitKey } from '../model/tree.ts';

/** Paths that two units write, or that differ only in case and so meet on some file systems. Units come sorted. */
export function checkPaths(units: readonly Unit[]): readonly Diagnostic[] {
  const writers = new Map<string, Unit>();
  return units.flatMap((unit) =>
    [...unit.files.keys()].flatMap((path) => {
      const folded = path.toLowerCase();
      const first = writers.get(folded);
      if (first === undefined) writers.set(folded, unit);
      return first === undefined || first === unit ? [] : [pathTwice(path, unit, first)];
    }),
  );
}

function pathTwice(path: string, unit: Unit, first: Unit): Diagnostic {
  return findingOf(kindCodes.pathTwice, {
    span: spanOf(unit),
    message: `${unitKey(unit)} and ${unitKey(first)} both render to ${path}`,
    related: [{ message: 'the other definition is here', span: spanOf(first) }],
  });
}

function spanOf({ source }: Unit): Span {
  const { path, line } = source;
  return { path, line, column: 1, endLine: line, endColumn: 1 };
}
