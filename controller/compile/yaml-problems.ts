import type { YAMLError } from 'yaml';
import { syntaxCodes } from './compile-codes.ts';
import type { RawFinding } from './convert-node.ts';

/** The library's codes in plain words; its own sentence is used for all others. */
const words: Readonly<Record<string, string>> = {
  BAD_INDENT: 'the indentation does not fit the lines above',
  BAD_ALIAS: 'this alias has no anchor',
  BAD_DQ_ESCAPE: 'there is no such escape in a double-quoted text',
  BAD_SCALAR_START: 'a text that begins with this character must be quoted',
  BLOCK_AS_IMPLICIT_KEY: 'a key is followed by another key on the same line',
  MULTILINE_IMPLICIT_KEY: 'a key must stand on one line and be followed by ": "',
  MISSING_CHAR: 'a closing quote, bracket, comma or colon is missing',
  TAB_AS_INDENT: 'a tab is used for indentation',
  RESOURCE_EXHAUSTION: 'the text is nested too deeply',
  UNEXPECTED_TOKEN: 'this is not expected here',
};

const hints: Readonly<Record<string, string>> = {
  TAB_AS_INDENT: 'indent with spaces',
  BAD_SCALAR_START: 'put the text in quotes',
  BLOCK_AS_IMPLICIT_KEY: 'put it on a line of its own, or quote a text that holds ": "',
};

/** A syntax error or an unknown tag, as YAML's library tells it. */
export function yamlProblem(error: YAMLError): RawFinding {
  const { code } = error;
  const range = { start: error.pos[0], end: Math.max(error.pos[1], error.pos[0] + 1) };
  if (code === 'TAG_RESOLVE_FAILED') {
    return { entry: syntaxCodes.tag, message: 'tags have no meaning here', range };
  }
  const message = words[code] ?? firstLine(error.message);
  const entry = code === 'RESOURCE_EXHAUSTION' ? syntaxCodes.limit : syntaxCodes.yaml;
  const hint = hints[code];
  return { entry, message, range, ...(hint === undefined ? {} : { hint }) };
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0]?.slice(0, 200) ?? '';
}
