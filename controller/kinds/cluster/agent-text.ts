import { scanTemplate } from '../../expression/scan-template.ts';
import { isJsonObject, type Json, type JsonObject, prettyJson } from '../../model/json.ts';

/** What one text with expressions becomes for a server. */
export type ExpandOne = (text: string) => string;

const opener = '${{';
/** Of the private use area: a text that has it is kept apart like an expression. */
const marker = '\uE000';
const plainValue = /^(?:true|false|-?(?:0|[1-9]\d*)(?:\.\d+)?)$/;

/**
 * An agent's configuration as JSON whose `${{ }}` stand as they are written, quotes and all: a secret's placeholder must
 * survive JSON's own escapes. A text that is one single expression and gives a number or a truth value is left unquoted,
 * because Consul takes no "400" for 400.
 */
export function agentText(config: JsonObject, expand: ExpandOne): string {
  const pieces: string[] = [];
  const mark = (value: Json): Json => {
    if (typeof value === 'string') {
      if (!value.includes(opener) && !value.includes(marker)) return value;
      pieces.push(pieceOf(value, expand));
      return `${marker}${pieces.length - 1}\uE001`;
    }
    if (Array.isArray(value)) return value.map(mark);
    if (!isJsonObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mark(item)]));
  };
  return prettyJson(mark(config)).replaceAll(
    /"\uE000(\d+)\uE001"/g,
    (found, index: string) => pieces[Number(index)] ?? found,
  );
}

function pieceOf(text: string, expand: ExpandOne): string {
  const scanned = scanTemplate(text);
  if (!scanned.ok) return JSON.stringify(text);
  const [only, second] = scanned.parts;
  if (only !== undefined && 'expression' in only && second === undefined && plainValue.test(expand(text))) {
    return text;
  }
  const inside = scanned.parts.map((part) =>
    'expression' in part
      ? `${opener}${part.expression}}}`
      : JSON.stringify(part.literal)
          .slice(1, -1)
          .replaceAll(opener, () => `$${opener}`),
  );
  return `"${inside.join('')}"`;
}

/** The configuration with its expressions resolved as far as they can be, for rules that read it. */
export function resolvedConfig(config: JsonObject, expand: ExpandOne): JsonObject {
  const resolve = (value: Json): Json => {
    if (typeof value === 'string') return value.includes(opener) ? typed(expand(value)) : value;
    if (Array.isArray(value)) return value.map(resolve);
    if (!isJsonObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolve(item)]));
  };
  return resolve(config) as JsonObject;
}

function typed(text: string): Json {
  return plainValue.test(text) ? (JSON.parse(text) as Json) : text;
}
