import { zstdCompressSync } from 'node:zlib';
import test from 'ava';
import { assert as assertLaw, asyncProperty, integer, nat } from 'fast-check';
import { refusalOf } from '../../../controller/analyse/machines/agents-own.ts';
import { isUnitName } from '../../../controller/kinds/machine-config/check-units.ts';
import { decodeValue, encodePackage, encodeValue } from '../../../controller/model/payload-codec.ts';
import { fetchPayload } from '../../../controller/node/payload/fetch-payload.ts';
import { type OpenContext, openPayload } from '../../../controller/node/payload/open-payload.ts';
import { headerOf, makeKeys, makeManifest, makePayload, sealManifest, type Wanted } from '../make-payload.ts';

const keys = await makeKeys();
const secretKey = Buffer.from(keys.keyLine.slice('x25519-secret:'.length), 'base64');
const files = [{ path: '/etc/motd', text: 'hello\n' }];

function contextWith(changes: Partial<OpenContext> = {}): OpenContext {
  return {
    fleet: 'shop',
    environment: 'dev',
    server: 'web-1',
    keys: [{ name: keys.recipientName, publicKey: keys.recipient, secretKey }],
    trustedKeys: [keys.signingName],
    policy: {
      root: '/',
      allow: { paths: ['/'], units: ['*'] },
      ownPaths: ['/etc/drover', '/var/lib/drover'],
    },
    last: undefined,
    newestIssuedAt: 0,
    now: Date.now(),
    ...changes,
  };
}

const noPorts = {
  kv: {
    get: async () => undefined,
    list: async () => [],
    transact: async () => {},
    watch: async () => ({ entry: undefined, index: 1 }),
  },
  clock: {
    now: () => 0,
    monotonic: () => 0,
    sleep: async () => {},
    randomBytes: (n: number) => new Uint8Array(n),
  },
};

async function open(value: Uint8Array, context = contextWith()) {
  const target = { environment: context.environment, server: context.server };
  const result = await fetchPayload(value, target, noPorts, AbortSignal.timeout(5000));
  if ('rejected' in result) return result;
  if ('superseded' in result) throw new Error('superseded');
  return openPayload(result.fetched.header, result.fetched.sealed, context);
}

async function reasonOf(value: Uint8Array, context?: OpenContext): Promise<string> {
  const result = await open(value, context);
  return 'rejected' in result ? result.rejected.reason : 'opened';
}

const withManifest = (manifest: NonNullable<Wanted['manifest']>) =>
  makePayload(keys, { files, manifest }).value;

test('a payload for this server opens with its contents', async (t) => {
  const result = await open(
    makePayload(keys, { files, siblings: [Buffer.from('a'), Buffer.from('b')] }).value,
  );
  if (!('opened' in result)) throw new Error(JSON.stringify(result));
  t.is(Buffer.from(result.opened.contents.get('/etc/motd') ?? []).toString(), 'hello\n');
});

test('a changed byte anywhere is refused', async (t) => {
  const { value } = makePayload(keys, { files });
  await assertLaw(
    asyncProperty(nat(value.length - 1), integer({ min: 1, max: 255 }), async (position, mask) => {
      const changed = Uint8Array.from(value);
      changed[position] = (changed[position] ?? 0) ^ mask;
      return (await reasonOf(changed)) !== 'opened';
    }),
    { numRuns: 400 },
  );
  t.is(await reasonOf(value), 'opened');
});

test('a value cut short or prolonged is refused', async (t) => {
  const { value } = makePayload(keys, { files });
  for (const length of [0, 1, 12, 40, value.length - 1])
    t.not(await reasonOf(value.subarray(0, length)), 'opened');
  t.is(await reasonOf(Buffer.concat([value, Buffer.of(0)])), 'seal');
});

test('a payload sealed to another server is refused as not ours', async (t) => {
  const other = await makeKeys();
  const { value } = makePayload(
    { ...keys, recipient: other.recipient },
    { files, manifest: { server: 'web-2' } },
  );
  t.is(await reasonOf(value), 'recipient');
});

test('a payload that names another server is refused though it opens', async (t) => {
  const manifest = makeManifest(keys, { files, manifest: { server: 'web-2' } });
  t.is(await reasonOf(encodeValue(headerOf(manifest), sealManifest(keys, manifest, { files }))), 'recipient');
});

test('a payload that names another key is refused', async (t) => {
  t.is(await reasonOf(withManifest({ recipient: 'x25519:other' })), 'recipient');
});

test('a payload of another environment is refused', async (t) => {
  t.is(await reasonOf(withManifest({ environment: 'prod' })), 'environment');
});

test('a payload of another environment under a header of ours is refused', async (t) => {
  const manifest = makeManifest(keys, { files, manifest: { environment: 'prod' } });
  const header = { ...headerOf(manifest), environment: 'dev' };
  t.is(await reasonOf(encodeValue(header, sealManifest(keys, manifest, { files }))), 'signature');
});

test('a payload of another fleet is refused', async (t) => {
  t.is(await reasonOf(withManifest({ fleet: 'bank' })), 'signature');
});

test('a signature by a key that is not trusted is refused', async (t) => {
  const { value } = makePayload(keys, { files });
  t.is(await reasonOf(value, contextWith({ trustedKeys: [(await makeKeys()).signingName] })), 'signature');
});

test('a header that promises another hash is refused', async (t) => {
  const { manifest, value } = makePayload(keys, { files });
  const sealed = decodeValue(value)?.sealed ?? new Uint8Array();
  t.is(await reasonOf(encodeValue({ ...headerOf(manifest), hash: 'f'.repeat(64) }, sealed)), 'format');
});

test('a lower order is refused, the same again is not', async (t) => {
  const { manifest, value } = makePayload(keys, { files });
  const { hash, attempt, order } = manifest;
  t.is(await reasonOf(value, contextWith({ last: { order, hash, attempt } })), 'opened');
  const later = { ...order, issue: order.issue + 1 };
  t.is(await reasonOf(value, contextWith({ last: { order: later, hash, attempt } })), 'order');
  t.is(await reasonOf(value, contextWith({ last: { order, hash: 'other', attempt } })), 'order');
});

test('an expired payload is refused, also by a clock of 1970 that has seen a newer one', async (t) => {
  const value = withManifest({ notAfter: 1_000_000 });
  t.is(await reasonOf(value, contextWith({ now: 1_000_000 + 11 * 60_000 })), 'expired');
  t.is(await reasonOf(value, contextWith({ now: 1_000_000 + 9 * 60_000 })), 'opened');
  t.is(await reasonOf(value, contextWith({ now: 0, newestIssuedAt: 2_000_000 })), 'expired');
});

test('a decompression bomb is refused', async (t) => {
  const compressed = zstdCompressSync(Buffer.alloc(80 * 1024 * 1024));
  t.true(compressed.length < 100_000);
  t.is(await reasonOf(makePayload(keys, { compressed }).value), 'content');
});

test('content that is not what the manifest hashes is refused', async (t) => {
  const manifest = makeManifest(keys, { files });
  const compressed = zstdCompressSync(encodePackage(manifest, [Buffer.from('hellO\n')]));
  const value = encodeValue(headerOf(manifest), sealManifest(keys, manifest, { compressed }));
  t.is(await reasonOf(value), 'content');
  const longer = zstdCompressSync(encodePackage(manifest, [Buffer.from('hello\nmore')]));
  t.is(
    await reasonOf(encodeValue(headerOf(manifest), sealManifest(keys, manifest, { compressed: longer }))),
    'content',
  );
});

for (const path of [
  '/etc/../root/x',
  '/etc//x',
  '/',
  '/etc/x/',
  '/etc/./x',
  '/proc/sys/x',
  '/etc/drover/agent.yaml',
  '/etc/.drover-x',
  '/etc/a\0b',
]) {
  test(`the path ${JSON.stringify(path)} is against the policy`, async (t) => {
    t.is(await reasonOf(makePayload(keys, { files: [{ path, text: 'x' }] }).value), 'policy');
  });
}

test('a relative path is not a manifest', async (t) => {
  t.is(await reasonOf(makePayload(keys, { files: [{ path: 'etc/x', text: 'x' }] }).value), 'content');
});

test('agent.yaml decides by prefix, glob and unit name', async (t) => {
  const policy = {
    root: '/',
    allow: { paths: ['/etc/nomad.d', '/opt/*/conf'], units: ['nomad*'] },
    ownPaths: [],
  };
  const ask = (path: string, name: string) =>
    reasonOf(
      makePayload(keys, { files: [{ path, text: 'x' }], units: [{ name, text: 'y' }] }).value,
      contextWith({ policy }),
    );
  t.is(await ask('/etc/nomad.d/a.hcl', 'nomad.service'), 'opened');
  t.is(await ask('/opt/web/conf', 'nomad.service'), 'opened');
  t.is(await ask('/etc/nomad.dx', 'nomad.service'), 'policy');
  t.is(await ask('/etc/nomad.d/a.hcl', 'ssh.service'), 'policy');
  t.is(await ask('/etc/nomad.d/a.hcl', '../nomad.service'), 'policy');
});

test('every type of unit that a definition may name is taken', async (t) => {
  const types = 'service socket timer path mount target slice automount swap'.split(' ');
  const taken = types.filter((type) => isUnitName(`a.${type}`));
  t.is(taken.length, 7);
  for (const type of taken) {
    const { value } = makePayload(keys, { units: [{ name: `a.${type}`, text: 'y' }] });
    t.is(await reasonOf(value), 'opened', type);
  }
});

test('what the definitions refuse as the agent’s own, the agent refuses', async (t) => {
  const own = ['/proc/x', '/sys/x', '/dev/x', '/etc/.drover-x', '/etc/drover/agent.yaml'];
  for (const path of own) {
    t.truthy(refusalOf(path), path);
    t.is(await reasonOf(makePayload(keys, { files: [{ path, text: 'x' }] }).value), 'policy', path);
  }
});

test('the agent’s own unit can be changed by no road, however wide the settings', async (t) => {
  const policy = { root: '/', allow: { paths: ['/'], units: ['*'] }, ownPaths: [] };
  const ask = (wanted: Wanted) => reasonOf(makePayload(keys, wanted).value, contextWith({ policy }));
  const unit = '/etc/systemd/system/drover-agent.service';
  for (const path of [
    unit,
    `${unit}.d/x.conf`,
    '/run/systemd/system.control/drover-agent.service.d/x.conf',
  ]) {
    t.is(await ask({ files: [{ path, text: 'x' }] }), 'policy', path);
  }
  t.is(await ask({ units: [{ name: 'drover-agent.service', text: 'x' }] }), 'policy');
  t.is(await ask({ files: [{ path: '/etc/systemd/system/drover-agent.timer', text: 'x' }] }), 'opened');
});

test('a path named twice is against the policy', async (t) => {
  t.is(await reasonOf(makePayload(keys, { files: [...files, ...files] }).value), 'policy');
});

test('a check with two probes is not a manifest', async (t) => {
  const check = { name: 'c', tcp: 'a:1', http: 'http://a', timeoutMs: 1, retries: 0 };
  t.is(await reasonOf(withManifest({ checks: [check] })), 'content');
});

test('what a newer controller adds to a manifest is let through, and does not move what is known', async (t) => {
  const wanted = {
    files: [{ path: '/etc/motd', text: 'hello\n' }],
    units: [{ name: 'web.service', restartOnPackages: ['docker-ce'] }],
    manifest: {
      extra: { packages: [{ name: 'curl', version: '*' }], reboot: { when: ['kernel'] }, later: 1 },
    },
  };
  const made = makeManifest(keys, wanted);
  const manifest = {
    ...made,
    later: [1],
    files: made.files.map((file) => ({ ...file, contact: true as const })),
  };
  const value = encodeValue(headerOf(manifest), sealManifest(keys, manifest, wanted));
  const result = await open(value);
  if ('rejected' in result) return t.fail(result.rejected.message);
  const { extra, units } = result.opened.manifest;
  return t.deepEqual([Object.keys(extra), units[0]?.restartOn], [['later', 'packages', 'reboot'], []]);
});
