import { dirname, join } from 'node:path/posix';
import type { Diagnostic } from '../model/diagnostic.ts';
import { findingOf } from '../model/diagnostic-code.ts';
import { createTextSpans, type TextSpans } from '../model/text-spans.ts';
import { hclGuardCodes } from './hcl-codes.ts';
import { impureFunctions, machineFunctions, pureFunctions, readingFunctions } from './hcl-functions.ts';
import { type HclCall, scanHclCalls } from './hcl-scan.ts';

/** The files that will be laid out for the parser, by the literal that names them: a set, or a map. */
export interface LaidOutFiles {
  has(literal: string): boolean;
}

interface Guarded {
  readonly path: string;
  readonly text: string;
  readonly files: LaidOutFiles;
  readonly spans: TextSpans;
}

/**
 * What in an HCL job would depend on the machine or moment of the parse: file functions but `file` and `filebase64` of a
 * literal path to a file of the repository, and impure functions. Found before any parser sees the text, since Nomad's
 * reads files and the environment while it parses. Pure; never throws.
 */
export function guardHcl(path: string, text: string, files: LaidOutFiles): readonly Diagnostic[] {
  const spans = createTextSpans(path, text);
  // The test by which Nomad takes a text for JSON, whose strings are templates with escapes of their own.
  if (/^ *\{/.test(text)) {
    const start = text.indexOf('{');
    const span = spans.between(start, start + 1);
    return [findingOf(hclGuardCodes.json, { span, message: 'the text is JSON, not HCL' })];
  }
  const guarded = { path, text, files, spans };
  return scanHclCalls(text).flatMap((call) => guardCall(guarded, call) ?? []);
}

/**
 * The literal paths that the job reads with `file` and `filebase64`, as written, each once, in order: what is to be laid
 * out for the parser. `resolveHclFile` says which repository file each one means.
 */
export function hclFiles(path: string, text: string): readonly string[] {
  const literals = scanHclCalls(text)
    .filter(({ name }) => readingFunctions.has(name))
    .flatMap((call) => literalArgument(text, call)?.value ?? [])
    .filter((literal) => resolveHclFile(path, literal) !== undefined);
  return [...new Set(literals)];
}

/** The repository path that a literal in the HCL file at `path` means; `undefined` when it leaves the repository. */
export function resolveHclFile(path: string, literal: string): string | undefined {
  const isRelative = literal !== '' && !/^[/~]/.test(literal) && !/[\\\p{Cc}]/u.test(literal);
  if (!isRelative) return undefined;
  const resolved = join(dirname(path), literal);
  return resolved === '..' || resolved.startsWith('../') ? undefined : resolved;
}

function guardCall(guarded: Guarded, call: HclCall): Diagnostic | undefined {
  const { name } = call;
  if (pureFunctions.has(name)) return undefined;
  if (readingFunctions.has(name)) return guardRead(guarded, call);
  const span = guarded.spans.between(call.start, call.end);
  const hint = impureFunctions.get(name);
  if (hint !== undefined) {
    const message = `${name}() gives something else at each parse`;
    return findingOf(hclGuardCodes.impure, { span, message, hint });
  }
  if (machineFunctions.has(name)) {
    const message = `${name}() looks at the machine that parses the job`;
    return findingOf(hclGuardCodes.machine, { span, message });
  }
  const message = `${shown(name)}() is no function that is known to be pure`;
  return findingOf(hclGuardCodes.unknown, { span, message });
}

function guardRead(guarded: Guarded, call: HclCall): Diagnostic | undefined {
  const literal = literalArgument(guarded.text, call);
  if (literal === undefined) {
    const span = guarded.spans.between(call.start, call.end);
    return findingOf(hclGuardCodes.argument, {
      span,
      message: `the path of ${call.name}() is not a literal`,
    });
  }
  const span = guarded.spans.between(literal.start, literal.end);
  const resolved = resolveHclFile(guarded.path, literal.value);
  if (resolved === undefined) {
    const message = `"${shown(literal.value)}" leads out of the repository`;
    return findingOf(hclGuardCodes.outside, { span, message });
  }
  if (guarded.files.has(literal.value)) return undefined;
  const message = `the repository has no file ${shown(resolved)}`;
  return findingOf(hclGuardCodes.missing, { span, message });
}

interface Literal {
  readonly value: string;
  /** Offsets of the string with its quotes. */
  readonly start: number;
  readonly end: number;
}

const literalPattern = /\((?<space>\s*)"(?<value>[^"\\$%\r\n]*)"\s*\)/y;

/** The only argument of a call, when it is a string without template and escape. */
function literalArgument(text: string, call: HclCall): Literal | undefined {
  literalPattern.lastIndex = call.open;
  const groups = literalPattern.exec(text)?.groups;
  if (groups === undefined) return undefined;
  const { value = '', space = '' } = groups;
  const start = call.open + 1 + space.length;
  return { value, start, end: start + value.length + 2 };
}

function shown(text: string): string {
  const cut = text.length > 80 ? `${text.slice(0, 80)}…` : text;
  return cut.replaceAll(/[\p{Cc}\p{Cf}]/gu, '\uFFFD');
}
