import { parseAllDocuments } from 'yaml';
import type { MachineText } from '../../kinds/server/machine-view.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { findingOf } from '../../model/diagnostic-code.ts';
import { machineCodes } from './machine-codes.ts';
import { type Machine, textRule } from './machine-rule.ts';
import { placeInText } from './place-in-text.ts';
import { textOf } from './text-of.ts';

/** Longer or deeper ones are left to the program: looking at them must stay cheap. */
export const maxYamlLength = 512 * 1024;
const maxNesting = 200;

/** What is named `.yaml` is YAML. */
export const yamlSyntax = textRule(({ path, isBroken }) => /\.ya?ml$/.test(path) && !isBroken, check);

function check(text: MachineText, { fleet }: Machine): readonly Diagnostic[] {
  const written = textOf(text);
  if (written.length > maxYamlLength || isDeep(written)) return [];
  const documents = parseAllDocuments(written, { logLevel: 'silent' });
  const [error] = (Array.isArray(documents) ? documents : []).flatMap(({ errors }) => errors);
  if (error === undefined) return [];
  const before = written.slice(0, error.pos[0]).split('\n');
  const span = placeInText(fleet, text, before.length, (before.at(-1)?.length ?? 0) + 1);
  const [said = ''] = error.message.split(' at line ');
  return [
    findingOf(machineCodes.yamlSyntax, { span, message: `${text.path} is no YAML: ${said.slice(0, 200)}` }),
  ];
}

/** Indentation and brackets bound the depth from above; what parses recursively must not be fed more. */
export function isDeep(text: string): boolean {
  const indents = text.match(/^ +/gm) ?? [];
  const deepest = indents.reduce((most, indent) => Math.max(most, indent.length), 0);
  const brackets = (text.match(/[[{]/g) ?? []).length;
  const dashes = Math.max(0, ...(text.match(/^[ -]*(?:- )+/gm) ?? []).map((row) => row.length));
  return (
    Math.max(deepest, dashes) > maxNesting || (brackets > maxNesting && nestedBrackets(text) > maxNesting)
  );
}

function nestedBrackets(text: string): number {
  let depth = 0;
  let most = 0;
  for (const character of text) {
    if (character === '[' || character === '{') depth++;
    else if ((character === ']' || character === '}') && depth > 0) depth--;
    most = Math.max(most, depth);
  }
  return most;
}
