import { parse } from '@marcbachmann/cel-js';
import { explainFailure } from './explain-failure.ts';

const maxExpressionLength = 2000;

/** One sentence of what is wrong with the form of a CEL expression whose variables are not known here. */
export function checkSyntax(expression: string): string | undefined {
  if (expression.length > maxExpressionLength) {
    return `the expression is longer than ${maxExpressionLength} characters`;
  }
  try {
    parse(expression);
    return undefined;
  } catch (error) {
    return explainFailure(error, {}).message;
  }
}
