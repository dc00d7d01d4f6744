import type { Scalar } from 'yaml';
import type { CodeEntry } from '../model/diagnostic-code.ts';
import { syntaxCodes } from './compile-codes.ts';

export interface Trap {
  readonly entry: CodeEntry;
  readonly message: string;
  readonly hint?: string;
}

/** What an unquoted scalar means to somebody and not to YAML 1.2, or the other way round. */
export function scalarTrap(scalar: Scalar): Trap | undefined {
  const { source, value } = scalar;
  if (source === undefined || scalar.type !== 'PLAIN') return undefined;
  return typeof value === 'number' ? numberTrap(source, value) : textTrap(source, value);
}

function numberTrap(source: string, value: number): Trap | undefined {
  if (/^0[0-7]+$/.test(source)) {
    const message = `${source} is read as the decimal number ${value}`;
    return { entry: syntaxCodes.octal, message, hint: `quote it: "${source}"` };
  }
  const isExact = Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value));
  return isExact
    ? undefined
    : { entry: syntaxCodes.number, message: `the number ${source} is not kept exactly` };
}

function textTrap(source: string, value: unknown): Trap | undefined {
  if (typeof value !== 'string') return undefined;
  if (/^(?:yes|no|on|off)$/i.test(source)) {
    const meaning = /^(?:yes|on)$/i.test(source) ? 'true' : 'false';
    const message = `${source} without quotes is a text here and a boolean elsewhere`;
    return { entry: syntaxCodes.yesNo, message, hint: `write ${meaning}, or "${source}" if it is a text` };
  }
  if (!/^\d{4}-\d{1,2}-\d{1,2}(?:[Tt ]|$)/.test(source)) return undefined;
  const message = `${source} without quotes is a text here and a time elsewhere`;
  return { entry: syntaxCodes.date, message, hint: `quote it: "${source}"` };
}
