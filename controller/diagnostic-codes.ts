import { analyseCodes } from './analyse/analyse-codes.ts';
import { hclJobCodes, layoutCodes, schemaCodes, syntaxCodes } from './compile/compile-codes.ts';
import { hclGuardCodes } from './compile/hcl-codes.ts';
import { expressionCodes } from './expression/expression-codes.ts';
import { kindCodes } from './kinds/kind-codes.ts';
import type { CodeEntry } from './model/diagnostic-code.ts';

/** The registry of findings: every code, sorted. `docs/diagnostics.md` is made from it. */
export const diagnosticCodes: readonly CodeEntry[] = [
  syntaxCodes,
  layoutCodes,
  schemaCodes,
  hclJobCodes,
  hclGuardCodes,
  expressionCodes,
  analyseCodes,
  kindCodes,
]
  .flatMap((entries): readonly CodeEntry[] => Object.values(entries))
  .toSorted((a, b) => (a.code < b.code ? -1 : 1));
