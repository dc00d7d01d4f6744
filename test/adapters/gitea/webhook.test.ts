import { createHmac } from 'node:crypto';
import test from 'ava';
import * as fc from 'fast-check';
import { readGiteaWebhook } from '../../../controller/adapters/gitea/webhook.ts';

const secret = 'a-long-webhook-secret';
const push = { ref: 'refs/heads/main', after: 'a'.repeat(40) };

function deliver(
  event: string,
  body: unknown,
  more: { raw?: Uint8Array; prefix?: string; key?: string } = {},
) {
  const raw = more.raw ?? new TextEncoder().encode(JSON.stringify(body));
  const signature = createHmac('sha256', more.key ?? secret)
    .update(raw)
    .digest('hex');
  const prefix = more.prefix ?? 'x-gitea';
  const headers = {
    [`${prefix}-event`]: event,
    [`${prefix}-signature`]: signature,
    [`${prefix}-delivery`]: 'id-1',
  };
  return { headers, raw };
}

function read({ headers, raw }: ReturnType<typeof deliver>) {
  return readGiteaWebhook(headers, raw, secret);
}

test('a signed push names its ref', (t) => {
  const expected = { kind: 'push', delivery: 'id-1', refs: ['refs/heads/main'] } as const;
  t.deepEqual(read(deliver('push', push)), expected);
  t.deepEqual(read(deliver('push', push, { prefix: 'x-forgejo' })), expected);
});

test('a pull request names its branches, a comment on it its number', (t) => {
  const pull = {
    number: 7,
    pull_request: { number: 7, head: { ref: 'env/a-next' }, base: { ref: 'env/a' } },
  };
  const refs = ['refs/heads/env/a-next', 'refs/heads/env/a'];
  t.deepEqual(read(deliver('pull_request', pull)), { kind: 'pull', delivery: 'id-1', refs, number: 7 });
  const comment = { issue: { number: 7 }, comment: { body: 'drover confirm 4f1c9a2e' } };
  t.like(read(deliver('issue_comment', comment)), { kind: 'pull', refs: [], number: 7 });
});

test("another secret's signature, a cut one, a longer one and none are refused", (t) => {
  t.is(read(deliver('push', push, { key: 'other' })), undefined);
  for (const signature of ['', 'a', 'f'.repeat(64), 'f'.repeat(65), 'ü'.repeat(64)]) {
    const { headers, raw } = deliver('push', push);
    t.is(readGiteaWebhook({ ...headers, 'x-gitea-signature': signature }, raw, secret), undefined);
  }
  const { headers, raw } = deliver('push', push);
  t.is(readGiteaWebhook({ 'x-gitea-event': headers['x-gitea-event'] }, raw, secret), undefined);
});

test('an empty secret accepts nothing', (t) => {
  const { headers, raw } = deliver('push', push, { key: '' });
  t.is(readGiteaWebhook(headers, raw, ''), undefined);
});

test('the signature is over the raw bytes: one changed byte is refused', (t) => {
  const { headers, raw } = deliver('push', push);
  const changed = Uint8Array.from(raw);
  changed[0] = 32;
  t.is(readGiteaWebhook(headers, changed, secret), undefined);
});

test("GitHub's headers alone are not read", (t) => {
  const { raw } = deliver('push', push);
  const signature = createHmac('sha256', secret).update(raw).digest('hex');
  const headers = { 'x-github-event': 'push', 'x-hub-signature-256': `sha256=${signature}` };
  t.is(readGiteaWebhook(headers, raw, secret), undefined);
});

test('no signed payload makes it throw', (t) => {
  const odd = fc.oneof(
    fc.json().map((text) => JSON.parse(text) as unknown),
    fc.record({
      ref: fc.anything(),
      number: fc.anything(),
      issue: fc.anything(),
      pull_request: fc.anything(),
    }),
  );
  const event = fc.constantFrom('push', 'pull_request', 'issue_comment', 'create', '__proto__', '');
  fc.assert(
    fc.property(event, odd, (name, body) => {
      const text = JSON.stringify(body, (_key, value: unknown) =>
        typeof value === 'bigint' ? Number(value) : value,
      ) as string | undefined;
      read(deliver(name, undefined, { raw: new TextEncoder().encode(text ?? '') }));
      return true;
    }),
  );
  for (const text of ['', '{', '[]', 'null', '"x"', '[[['.repeat(50_000), '{"ref":1e999}', '\ufffd']) {
    t.is(
      read(deliver('push', undefined, { raw: new TextEncoder().encode(text) })),
      undefined,
      text.slice(0, 20),
    );
  }
  t.is(read(deliver('push', undefined, { raw: Uint8Array.of(0xff, 0xfe) })), undefined);
});
