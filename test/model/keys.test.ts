import test from 'ava';
import { formatKey, parseKey } from '../../controller/model/keys.ts';

const raw = Uint8Array.from({ length: 32 }, (_, index) => index);

test('a formatted key parses to the same bytes', (t) => {
  t.deepEqual(Buffer.from(parseKey('x25519', formatKey('x25519', raw)) ?? []), Buffer.from(raw));
});

test('a key of another kind is not a key', (t) => {
  t.is(parseKey('x25519', formatKey('ed25519', raw)), undefined);
  t.is(parseKey('x25519', formatKey('x25519-secret', raw)), undefined);
});

test('a short key and loose base64 are refused', (t) => {
  t.is(parseKey('x25519', formatKey('x25519', raw.subarray(1))), undefined);
  t.is(parseKey('x25519', `${formatKey('x25519', raw)}\n`), undefined);
  t.is(parseKey('x25519', formatKey('x25519', raw).replace(/=+$/, '')), undefined);
});
