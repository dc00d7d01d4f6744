/** Columns that a tab is shown as. */
const tabWidth = 4;

/** Two columns in a terminal: East Asian wide and full-width letters, and signs shown as pictures. */
const wide =
  /[\p{Emoji_Presentation}\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]/u;

/** No column of its own: marks that combine with the sign before. */
const zeroWidth = /^[\p{Mn}\p{Me}]$/u;

/** Text that steers no terminal: tabs as spaces, other control and direction characters as a mark. */
export function printable(text: string): string {
  return text.replaceAll('\t', ' '.repeat(tabWidth)).replace(/[\p{Cc}\p{Cf}]/gu, '\u{fffd}');
}

/** How many columns of a terminal a text takes once it is printable. */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const sign of text) columns += columnsOfSign(sign);
  return columns;
}

function columnsOfSign(sign: string): number {
  if (sign === '\t') return tabWidth;
  if (zeroWidth.test(sign)) return 0;
  return wide.test(sign) ? 2 : 1;
}
