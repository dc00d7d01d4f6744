import { readFile } from 'node:fs/promises';
import test from 'ava';
import { type LockFile, platformOf, stubLock } from '../../scripts/stub-lock.ts';

const lock: LockFile = {
  packages: {
    '': {},
    'node_modules/tool': {
      version: '1.2.3',
      dev: true,
      resolved: 'https://registry.invalid/tool.tgz',
      optionalDependencies: { '@tool/linux-x64': '1.2.3', '@tool/darwin-arm64': '1.2.3', fsevents: '^2.0.0' },
    },
    'node_modules/@tool/linux-x64': { version: '1.2.3', dev: true },
  },
};

test('the binary of another platform gets a stub that npm never installs here', (t) => {
  t.deepEqual(Reflect.get(stubLock(lock).packages, 'node_modules/@tool/darwin-arm64'), {
    version: '1.2.3',
    cpu: ['arm64'],
    dev: true,
    optional: true,
    os: ['darwin'],
  });
});

test('entries that are there stay as they are, and packages for every platform get no stub', (t) => {
  const { packages } = stubLock(lock);
  t.deepEqual(packages['node_modules/@tool/linux-x64'], { version: '1.2.3', dev: true });
  t.false('node_modules/fsevents' in packages);
});

test('where a package was fetched from is taken out', (t) => {
  t.false(JSON.stringify(stubLock(lock)).includes('registry.invalid'));
});

test('doing it twice changes nothing', (t) => {
  const once = JSON.stringify(stubLock(lock));
  t.is(JSON.stringify(stubLock(JSON.parse(once) as LockFile)), once);
});

test('the C library is named on Linux only', (t) => {
  t.deepEqual(platformOf('@x/binding-linux-arm64-musl'), { os: ['linux'], cpu: ['arm64'], libc: ['musl'] });
  t.deepEqual(platformOf('@x/binding-linux-x64-gnu'), { os: ['linux'], cpu: ['x64'], libc: ['glibc'] });
  t.deepEqual(platformOf('@x/binding-win32-x64-msvc'), { os: ['win32'], cpu: ['x64'] });
  t.is(platformOf('left-pad'), undefined);
});

test('the committed lock file is complete and names no host', async (t) => {
  const text = await readFile(new URL('../../package-lock.json', import.meta.url), 'utf8');
  t.is(`${JSON.stringify(stubLock(JSON.parse(text) as LockFile), null, 2)}\n`, text, 'run `npm run lock`');
});
