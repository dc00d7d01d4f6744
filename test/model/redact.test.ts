import test from 'ava';
import { redact, redactAll } from '../../controller/model/redact.ts';

const samples: Record<string, string> = {
  'a Vault token': `hvs.${'CAESIJ1a'.repeat(4)}`,
  'a forge token': `ghp_${'a1B2'.repeat(9)}`,
  'an access key': 'AKIAIOSFODNN7EXAMPLE',
  'a short Vault token': 'hvb.AAAAAQJ1',
  'a JWT': `eyJhbGciOiJSUzI1NiJ9.${'eyJzdWIi'.repeat(3)}.${'c2ln'.repeat(5)}`,
  'a private key': '-----BEGIN PRIVATE KEY-----\nMIIEvQIB\nADANBgkq\n-----END PRIVATE KEY-----',
  'half a private key': '-----BEGIN RSA PRIVATE KEY-----\nMIIEvQIB',
};

for (const [what, sample] of Object.entries(samples)) {
  test(`${what} is masked wherever it stands`, (t) => {
    for (const text of [sample, `key = "${sample}"`, `+  ${sample}\n`, `a,${sample}`]) {
      const redacted = redact(text);
      for (const line of sample.split('\n')) t.false(redacted.includes(line), text);
      t.is(redacted.split('\n').length, text.split('\n').length);
    }
  });
}

test('the password in an address is masked, the address stays', (t) => {
  t.is(redact('postgres://shop:hunter22@db:5432/x'), 'postgres://shop:********@db:5432/x');
  t.is(redact('http://db:5432/x'), 'http://db:5432/x');
});

test('a credential is masked after the word that tells it', (t) => {
  const cases = [
    'password=',
    'db_password = "',
    '"api_key": "',
    'CONSUL_HTTP_TOKEN=',
    'Authorization: Bearer ',
  ];
  for (const before of cases) t.is(redact(`x ${before}abc.def-1" y`), `x ${before}********" y`);
});

test('a reference and an opening bracket after a telling word stay', (t) => {
  for (const text of ['password = {{ .Data }}', 'secret: ${{ vars.x }}', '"password": {', '"token": [\n']) {
    t.is(redact(text), text);
  }
});

test('a known secret inside another leaves no ends of it', (t) => {
  t.is(redact('x secret-value-long y', ['value-', 'secret-value-long']), 'x ******** y');
});

test('ordinary text stays as it is', (t) => {
  const text =
    'image = "web:2.15.0@sha256:60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752"\n';
  t.is(redact(text, ['short']), text);
});

test('all masks are of one width', (t) => {
  t.is(redact('secret-one', ['secret-one']), redact('another-secret', ['another-secret']));
});

test('strings at any depth are masked, the shape stays', (t) => {
  const value = { a: [{ b: 'known-value' }], c: 1, d: null };
  t.deepEqual(redactAll(value, ['known-value']), { a: [{ b: '********' }], c: 1, d: null });
});

test('10 MB of near misses take linear time', (t) => {
  for (const piece of [
    '-eyJ',
    'hvs.',
    'a://b:',
    '-----BEGIN PRIVATE ',
    'ghp_',
    'eyJaaaaaaaaaaaa.',
    '-eyJaaa',
    'token ',
    'token:"',
    '://:',
    ' '.repeat(64),
  ]) {
    const text = piece.repeat((10 * 1024 * 1024) / piece.length);
    const started = performance.now();
    redact(text);
    t.true(performance.now() - started < 5000, piece);
  }
});
