import test from 'ava';
import * as fc from 'fast-check';
import {
  isRefName,
  isRefPrefix,
  readRemoteUrl,
  type Transport,
} from '../../controller/adapters/git/git-url.ts';
import { createGitRemote } from '../../controller/adapters/git/remote.ts';
import { DefectError, UsageError } from '../../controller/model/errors.ts';

const signal = AbortSignal.timeout(10_000);
const everyTransport = ['https', 'ssh', 'http', 'file'] as const;

const refusedUrls = [
  'ext::sh -c id',
  'ExT::sh -c id',
  'fd::17',
  'transport::https://host/x',
  '-oProxyCommand=id',
  '--upload-pack=id',
  '--upload-pack=id host:x',
  'ssh://-oProxyCommand=id/x',
  'ssh://git@-oProxyCommand=id/x',
  'ssh://-oProxyCommand=id@host/x',
  '-oProxyCommand=id@host:x',
  'git@-host:x',
  'git@host:-x',
  'HTTPS://host/x',
  'hTTps://host/x',
  'git://host/x',
  'ftp://host/x',
  'https://user:secret@host/x',
  'https://user@host/x',
  'https://host',
  'https:///x',
  'https://host/x?y=1',
  'https://host/x#y',
  'https://host:99999/x',
  'https://ho st/x',
  'https://host/a b',
  'https://host/$(id)',
  'https://host/`id`',
  'https://host/x;id',
  'https://host/../x',
  'https://host/x\n',
  'https://host/x\0',
  'https://host/\u202ex',
  'https://h\u00f6st/x',
  'file://host/x',
  '/etc/passwd',
  './x',
  'C:\\x',
  'host:x',
  '',
];

for (const url of refusedUrls) {
  test(`the URL ${JSON.stringify(url)} is refused, and not repeated`, (t) => {
    const error = t.throws(() => readRemoteUrl(url, everyTransport), { instanceOf: UsageError });
    t.false(error.message.includes('secret'));
    t.throws(() => createGitRemote({ directory: '/nonexistent', url, transports: everyTransport }), {
      instanceOf: UsageError,
    });
  });
}

const acceptedUrls: readonly [string, Transport][] = [
  ['https://git.example.org/acme/fleet.git', 'https'],
  ['https://git.example.org:8443/acme/fleet', 'https'],
  ['https://[::1]:3000/acme/fleet', 'https'],
  ['ssh://git@git.example.org:2222/acme/fleet.git', 'ssh'],
  ['git@git.example.org:acme/fleet.git', 'ssh'],
  ['http://127.0.0.1:3000/acme/fleet.git', 'http'],
  ['file:///srv/git/fleet.git', 'file'],
];

for (const [url, transport] of acceptedUrls) {
  test(`${url} goes by ${transport}`, (t) => {
    t.is(readRemoteUrl(url, everyTransport).transport, transport);
  });
}

test('http and file must be allowed by name', (t) => {
  for (const url of ['http://127.0.0.1/x', 'file:///x']) {
    t.throws(() => readRemoteUrl(url), { instanceOf: UsageError });
  }
});

const refusedRefs = [
  '--output=x',
  '-f',
  'main',
  'refs/heads/',
  'refs/heads',
  'refs/heads/a..b',
  'refs/heads/@{u}',
  'refs/heads/a@{1}',
  'refs/heads/-f',
  'refs/heads/--output=x',
  'refs/heads/a.lock',
  'refs/heads/a.lock/b',
  'refs/heads/.a',
  'refs/heads/a.',
  'refs/heads/a b',
  'refs/heads/a:b',
  'refs/heads/a~1',
  'refs/heads/a^',
  'refs/heads/a*',
  'refs/heads/a?',
  'refs/heads/a[b',
  'refs/heads/a\\b',
  'refs/heads//a',
  'refs/heads/a\n',
  'refs/heads/a\u0007',
  'refs/heads/a;id',
  'refs/heads/$(id)',
  'refs/heads/\u00e9',
  `refs/heads/${'a'.repeat(600)}`,
  '+refs/heads/a',
  ':refs/heads/a',
  '',
];

for (const ref of refusedRefs) {
  test(`the reference ${JSON.stringify(ref).slice(0, 60)} is refused before git is asked`, async (t) => {
    t.false(isRefName(ref));
    const remote = createGitRemote({ directory: '/dev/null/nowhere', url: 'https://127.0.0.1/x' });
    const id = 'a'.repeat(40);
    // The folder can't be made: getting as far as git would be another error.
    for (const call of [
      () => remote.fetch([ref], signal),
      () => remote.push([{ ref, to: id, expected: null }], signal),
    ]) {
      await t.throwsAsync(call(), { instanceOf: DefectError });
    }
  });
}

test('ids that are none are refused before git is asked', async (t) => {
  const remote = createGitRemote({ directory: '/dev/null/nowhere', url: 'https://127.0.0.1/x' });
  for (const id of ['HEAD', '--all', 'a'.repeat(39), 'A'.repeat(40), `${'a'.repeat(40)}\n`, '']) {
    const ref = 'refs/heads/a';
    await t.throwsAsync(remote.push([{ ref, to: id, expected: null }], signal), { instanceOf: DefectError });
    await t.throwsAsync(remote.push([{ ref, to: null, expected: id }], signal), { instanceOf: DefectError });
  }
});

test('ordinary references pass', (t) => {
  for (const ref of [
    'refs/heads/main',
    'refs/heads/env/prod-next',
    'refs/pull/12/head',
    'refs/tags/v1.2.3',
  ]) {
    t.true(isRefName(ref));
  }
  for (const prefix of ['refs/', 'refs/heads/', 'refs/heads/env/', 'refs/heads/main'])
    t.true(isRefPrefix(prefix));
  for (const prefix of ['', '/', 'heads/', '-f/', 'refs/heads/../']) t.false(isRefPrefix(prefix));
});

test('no accepted URL or reference holds what a shell, ssh or git gives a meaning to', (t) => {
  const meaning = /[\s;&|<>$`'"\\*?[\]{}()!#^\0]|^-|:-|@-|\/\/-/;
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary-ascii' }),
      fc.constantFrom('https://h/', 'ssh://', 'git@', 'refs/heads/'),
      (tail, head) => {
        const text = head + tail;
        const isAccepted = head.startsWith('refs') ? isRefName(text) : isUrl(text);
        if (isAccepted) t.notRegex(text.replace(/\[[0-9a-f:]+\]/i, ''), meaning);
        t.pass();
      },
    ),
    { numRuns: 2000 },
  );
});

function isUrl(text: string): boolean {
  try {
    readRemoteUrl(text, everyTransport);
    return true;
  } catch {
    return false;
  }
}
