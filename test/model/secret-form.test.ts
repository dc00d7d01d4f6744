import test from 'ava';
import * as fc from 'fast-check';
import { secretInText, secretInValue, secretSetting } from '../../controller/model/secret-form.ts';

const tokens = {
  'a private key': '-----BEGIN RSA PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG\n',
  'an access key of AWS': 'key AKIAIOSFODNN7EXAMPLE.',
  'a token of GitHub': `x=ghp_${'aB3'.repeat(12)}`,
  'a token of GitLab': `glpat-${'a1'.repeat(10)}`,
  'a token of Vault': `token: "hvs.${'Ab1'.repeat(10)}"`,
  'a password in an address': 'amqp://shop:hunter2@queue.acme.example',
};

for (const [what, text] of Object.entries(tokens)) {
  test(`${what} is seen in a text`, (t) => {
    t.is(secretInText(text), what);
  });
}

const plain = [
  'postgres://db.acme.example:5432/shop',
  'postgres://shop:${DB_PASSWORD}@db/shop',
  'postgres://shop:{{ .Data.data.password }}@db/shop',
  'postgres://shop:<password>@db/shop',
  '-----BEGIN CERTIFICATE-----\nMIIEvQIBADANBgkqhkiG\n',
  '-----BEGIN PRIVATE KEY----- is how keys begin',
  'image@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
];

for (const text of plain) {
  test(`${JSON.stringify(text)} holds no secret`, (t) => {
    t.is(secretInText(text), undefined);
  });
}

test('a name tells that its literal is a secret, unless the value is none', (t) => {
  for (const name of ['PASSWORD', 'DB_PASSWORD', 'apiToken', 'stripe.api-key', 'JWT_SECRET', 'SECRET_KEY']) {
    t.is(secretInValue(name, 'hunter2'), 'a secret, by its name', name);
    for (const value of [
      '',
      'true',
      '/secrets/password',
      '30',
      'https://vault.acme.example',
      '{{ env "A" }}',
    ]) {
      t.is(secretInValue(name, value), undefined, `${name}=${value}`);
    }
  }
  for (const name of [
    'PASSWORD_FILE',
    'TOKEN_TTL',
    'SECRET_NAME',
    'KEYBOARD',
    'PUBLIC_KEY',
    'PASSWORDLESS',
  ]) {
    t.is(secretInValue(name, 'hunter2'), undefined, name);
  }
});

test('what is said of a secret does not repeat it, and no text takes long', (t) => {
  const part = fc.constantFrom(
    '://',
    ':',
    '@',
    'eyJ',
    '.',
    'AKIA',
    'ghp_',
    '-----BEGIN ',
    'PRIVATE KEY-----',
    'a1B2c3D4',
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(part, fc.string())), (parts) => {
      const text = parts.join('');
      const what = secretInText(text);
      t.true(what === undefined || !what.includes('a1B2'));
    }),
  );
  const started = performance.now();
  for (const piece of ['://a:', 'eyJa.', '://', '-----BEGIN ', 'x@']) secretInText(piece.repeat(100_000));
  t.true(performance.now() - started < 5000);
});

test('a setting whose name tells of a secret is seen in a text, wherever files have such', (t) => {
  const texts = [
    'a = 1\nDB_PASSWORD=hunter2hunter2\n',
    '  Environment="API_TOKEN=Ab3Ab3Ab3Ab3"',
    'smtp:\n  password: "hunter2hunter2"\n',
    '{"log": "journald", "password": "hunter2hunter2"}',
    'export SECRET_KEY=hunter2hunter2',
  ];
  for (const text of texts) t.truthy(secretSetting(text), text);
});

test('a setting that names a place, a switch or something filled in later is no secret', (t) => {
  const texts = [
    'password_file=/run/secrets/x1',
    'password: ${DB_PASSWORD1}',
    'token = {{ with secret "kv/data/x1" }}{{ .Data.data.token }}{{ end }}',
    'secret: shop-db',
    'tokens: 12345678',
    'api_key: /etc/keys/web1.key',
    'password = <your-password-1>',
    'auth_token = env("TOKEN_1")',
  ];
  for (const text of texts) t.is(secretSetting(text), undefined, text);
});
