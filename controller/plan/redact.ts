/** All masks are of one width: their length tells nothing. */
const mask = '********';

/** What looks like a credential wherever it stands. Each pattern is linear in the length of the text. */
const patterns: readonly RegExp[] = [
  /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]{0,30}PRIVATE KEY-----|$)/g,
  /\bhv[sbr]\.[\w-]{20,}/g,
  /\b(?:gh[pousr]|github_pat|glpat)[_-][\w-]{20,}/g,
  /\bAKIA[0-9A-Z]{16}\b/g,
  /\beyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]{10,}/g,
];

/** The password of `scheme://user:password@host`. */
const urlPassword = /(\b[a-z][a-z0-9+.-]{0,20}:\/\/[^\s/:@]{0,100}:)[^\s/@]{1,200}@/gi;

/**
 * Masks credentials: everything that looks like one, and the known values in plain, base64 and URL form. Must run
 * before text is cut, so that no half of a secret remains.
 */
export function redact(text: string, known: readonly string[] = []): string {
  let redacted = text;
  for (const secret of known) {
    for (const form of formsOf(secret)) redacted = redacted.replaceAll(form, mask);
  }
  for (const pattern of patterns) redacted = redacted.replaceAll(pattern, masked);
  return redacted.replaceAll(urlPassword, `$1${mask}@`);
}

/** Line ends stay, so that line numbers of what follows stay true. */
function masked(secret: string): string {
  return mask + '\n'.repeat(secret.split('\n').length - 1);
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
