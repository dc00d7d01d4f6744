import { parse, TomlError } from 'smol-toml';
import type { MachineText } from '../../kinds/server/machine-view.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { findingOf } from '../../model/diagnostic-code.ts';
import { machineCodes } from './machine-codes.ts';
import { type Machine, textRule } from './machine-rule.ts';
import { placeInText } from './place-in-text.ts';
import { textOf } from './text-of.ts';

/** Longer ones are left to the program: looking at them must stay cheap. */
const maxLength = 512 * 1024;

/** Marks of the template languages of others: such a text becomes TOML on the server only. */
const template = /\{\{|\{%|<%/;

/** What is named `.toml` is TOML. */
export const tomlSyntax = textRule(({ path, isBroken }) => path.endsWith('.toml') && !isBroken, check);

function check(text: MachineText, { fleet }: Machine): readonly Diagnostic[] {
  const written = textOf(text);
  if (written.length > maxLength || template.test(written)) return [];
  const problem = problemOf(written);
  if (problem === undefined) return [];
  const span = placeInText(fleet, text, problem.line, problem.column);
  return [
    findingOf(machineCodes.tomlSyntax, { span, message: `${text.path} is no TOML: ${problem.message}` }),
  ];
}

interface Problem {
  readonly message: string;
  readonly line: number;
  readonly column: number;
}

/** The parser’s words end with a picture of the place, which the finding has itself. */
function problemOf(text: string): Problem | undefined {
  try {
    parse(text, { maxDepth: 200 });
    return undefined;
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const [first = ''] = error.message.replace(/^Invalid TOML document: /, '').split('\n');
    return { message: first.slice(0, 200), line: error.line, column: error.column };
  }
}
