import test from 'ava';
import { looksSecret, secretPaths } from '../../controller/adopt/looks-secret.ts';

for (const [name, value] of [
  ['shop/db/password', 'hunter2'],
  ['API_KEY', 'f00dcafe'],
  ['shop.secret', 'f00dcafe'],
  ['url', 'postgres://shop:hunter2@db/shop'],
  ['note', 'hvs.CAESIJlU9ChvcEXAMPLE'],
  ['pem', '-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----\n'],
] as const) {
  test(`${name} = ${JSON.stringify(value)} looks like a secret`, (t) => {
    t.true(looksSecret(name, value));
  });
}

for (const [name, value] of [
  ['password', ''],
  ['DB_PASSWORD', '${DB_PASSWORD}'],
  ['token', '{{ with secret "kv/shop" }}{{ .Data.data.token }}{{ end }}'],
  ['passenger', 'three'],
  ['tokenizer', 'bpe'],
  ['flags', '{"newCheckout": false}'],
] as const) {
  test(`${name} = ${JSON.stringify(value)} does not`, (t) => {
    t.false(looksSecret(name, value));
  });
}

test('paths of secrets in a value are told with lists by place', (t) => {
  const job = {
    Tasks: [{ Env: { LOG: 'info', DB_PASSWORD: 'f00dcafe' } }, { Config: { args: ['--token=abcdef'] } }],
  };
  t.deepEqual(secretPaths(job), ['Tasks[0].Env.DB_PASSWORD', 'Tasks[1].Config.args[0]']);
});
