/** All masks are of one width: their length tells nothing. */
const mask = '********';

/** What looks like a token wherever it stands. Linear, bounded: a text may be of any length. */
const tokens: readonly RegExp[] = [
  /(?<!\w)hv[sbr]\.[\w-]{8,16000}/g,
  /(?<![\w-])(?:gh[pousr]|github_pat|glpat)[_-][\w-]{20,16000}/g,
  /\bAKIA[0-9A-Z]{16}\b/g,
  /(?<![\w-])eyJ[\w-]{10,16000}\.[\w-]{10,16000}\.[\w-]{10,16000}/g,
];

/** What follows a telling word; the word stays. A reference in braces is no secret, nor is what opens a block. */
const told: readonly RegExp[] = [
  /((?<![a-z0-9])(?:password|passwd|secret|token|api[_-]?key|private[_-]?key)["']?\s{0,20}[:=]\s{0,20}["']?)(?!\$?\{\{|[{[]["'\s]|[{[]$)[^\s"',;]+/gi,
  /(\bBearer\s{1,20})[a-z0-9._~+/-]+=*/gi,
  /(:\/\/[^\s/:@]*:)[^\s/@]+(?=@)/g,
];

const keyStart = /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----/;
const keyEnd = '-----END ';

/**
 * Masks credentials: everything that looks like one, and the known values in plain, base64 and URL form. Must run
 * before text is cut, so that no half of a secret remains.
 */
export function redact(text: string, known: readonly string[] = []): string {
  // The longest first: a shorter one inside it would leave its ends.
  const forms = [...new Set(known.flatMap(formsOf))].toSorted((a, b) => b.length - a.length);
  let redacted = text;
  for (const form of forms) redacted = redacted.replaceAll(form, mask);
  for (const token of tokens) redacted = redacted.replaceAll(token, mask);
  redacted = maskPrivateKeys(redacted);
  for (const pattern of told) redacted = redacted.replaceAll(pattern, `$1${mask}`);
  return redacted;
}

/** Half a key is masked to the end of the text. Line ends stay, so that line numbers of what follows stay true. */
function maskPrivateKeys(text: string): string {
  const parts: string[] = [];
  let rest = text;
  for (let start = rest.search(keyStart); start >= 0; start = rest.search(keyStart)) {
    const end = rest.indexOf(keyEnd, start);
    const close = end < 0 ? -1 : rest.indexOf('-----', end + keyEnd.length);
    const stop = close < 0 ? rest.length : close + '-----'.length;
    const lineEnds = rest.slice(start, stop).split('\n').length - 1;
    parts.push(rest.slice(0, start), mask, '\n'.repeat(lineEnds));
    rest = rest.slice(stop);
  }
  return [...parts, rest].join('');
}

/** Every string inside a value of plain data, redacted. */
export function redactAll<Value>(value: Value, known: readonly string[] = []): Value {
  return mapStrings(value, (text) => redact(text, known)) as Value;
}

function mapStrings(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((item: unknown) => mapStrings(item, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapStrings(item, change)]));
}

/** Shorter ones would mask half of every text. Base64 is looked for at its three alignments. */
function formsOf(secret: string): readonly string[] {
  if (secret.length < 6) return [];
  const bytes = new TextEncoder().encode(secret);
  const aligned = [0, 1, 2].map((shift) => base64Core(bytes, shift));
  return [secret, encodeURIComponent(secret), ...aligned].filter((form) => form.length >= 6);
}

/** The characters that stand for these bytes wherever they begin in a longer encoded text. */
function base64Core(bytes: Uint8Array, shift: number): string {
  const padded = new Uint8Array(shift + bytes.length);
  padded.set(bytes, shift);
  const encoded = btoa(String.fromCharCode(...padded)).replaceAll('=', '');
  const first = shift === 0 ? 0 : shift + 1;
  const isWhole = (shift + bytes.length) % 3 === 0;
  return encoded.slice(first, isWhole ? undefined : -1);
}
