/**
 * Text of users made harmless in Markdown. Forges look for mentions, issue numbers and addresses after Markdown is rendered,
 * so escaping alone does not stop them: a zero-width joiner parts the sign from what follows.
 */
const joiner = '\u200d';
const maxInlineLength = 300;

/** One line of plain text, in Markdown. */
export function inertText(value: string): string {
  return oneLine(value)
    .replaceAll(/[\\`*_[\]|~$]/g, (sign) => `\\${sign}`)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(/[@#!]/g, (sign) => `${sign}${joiner}`)
    .replaceAll(/(https?):\/\//gi, `$1:${joiner}//`);
}

/** One line of plain text inside an HTML element (`<summary>`), where Markdown is not read. */
export function inertHtml(value: string): string {
  return oneLine(value)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
    .replaceAll(/[@#!]/g, (sign) => `${sign}${joiner}`)
    .replaceAll(/(https?):\/\//gi, `$1:${joiner}//`)
    .replaceAll(/[`*_[\]|~]/g, (sign) => `&#${sign.codePointAt(0)};`);
}

/** A code span that no run of back-ticks inside can end; safe in table cells. */
export function codeSpan(value: string): string {
  const text = oneLine(value).replaceAll('|', '\\|');
  const marks = '`'.repeat(longestRun(text) + 1);
  const pad = text === '' || text.startsWith('`') || text.endsWith('`') ? ' ' : '';
  return `${marks}${pad}${text}${pad}${marks}`;
}

/** A fenced block; its fence is longer than any run of back-ticks inside. */
export function fence(text: string, language = ''): string {
  const marks = '`'.repeat(Math.max(3, longestRun(text) + 1));
  return `${marks}${language}\n${visible(text)}\n${marks}`;
}

function oneLine(value: string): string {
  const text = visible(value.replaceAll(/\s+/g, ' ')).trim();
  return text.length > maxInlineLength ? `${text.slice(0, maxInlineLength - 1)}…` : text;
}

/** Control characters and those that turn the direction of writing are spelled out: a diff must read as it is. */
export function visible(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}]/gu, (character) =>
    character === '\n' || character === '\t'
      ? character
      : `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );
}

function longestRun(text: string): number {
  return (text.match(/`+/g) ?? []).reduce((longest, run) => Math.max(longest, run.length), 0);
}
