/** The kinds of key that files and definitions spell out: public and secret halves of signing and sealing keys. */
export type KeyKind = 'ed25519' | 'ed25519-secret' | 'x25519' | 'x25519-secret';

const keyLength = 32;

/** `ed25519:<base64 of the 32 raw bytes>`; for `ed25519-secret` the bytes are the seed. */
export function formatKey(kind: KeyKind, raw: Uint8Array): string {
  return `${kind}:${Buffer.from(raw).toString('base64')}`;
}

/** The 32 raw bytes, or `undefined` for any other text: other kind, other length, loose base64. */
export function parseKey(kind: KeyKind, text: string): Uint8Array | undefined {
  const prefix = `${kind}:`;
  if (!text.startsWith(prefix)) return undefined;
  const raw = Buffer.from(text.slice(prefix.length), 'base64');
  return raw.length === keyLength && formatKey(kind, raw) === text ? raw : undefined;
}
