import { mkdir, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { cacheKey, cacheRoot, publishEntry, readEntry } from '../../scripts/toolchain/cache.ts';
import type { ToolSpec } from '../../scripts/toolchain/tools.ts';

const spec: ToolSpec = {
  name: 'gitea',
  version: '1.0.0',
  package: 'example.org/gitea',
  buildFlags: ['-tags=a'],
  needsC: false,
  versionArguments: ['--version'],
  assets: ['templates'],
};

async function newFolder(t: ExecutionContext): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'drover-cache-'));
  t.teardown(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

async function publishSample(t: ExecutionContext): Promise<string> {
  const root = await newFolder(t);
  const made = path.join(root, 'made');
  await mkdir(path.join(made, 'templates'), { recursive: true });
  await writeFile(path.join(made, 'gitea'), 'binary');
  const folder = path.join(root, 'entry');
  await publishEntry(spec, made, folder);
  return folder;
}

test('the components are a part of the user cache', (t) => {
  t.is(cacheRoot({ XDG_CACHE_HOME: '/var/cache/me' }, '/home/me'), '/var/cache/me/drover/toolchain');
});

test('the key names component and version, and moves with dependencies, flags and nothing else', (t) => {
  const key = cacheKey(spec, 'mod', 'sum');
  t.regex(key, /^gitea-1\.0\.0-[0-9a-f]{12}$/);
  t.is(cacheKey({ ...spec }, 'mod', 'sum'), key);
  t.not(cacheKey(spec, 'mod2', 'sum'), key);
  t.not(cacheKey(spec, 'mod', 'sum2'), key);
  t.not(cacheKey({ ...spec, buildFlags: ['-tags=b'] }, 'mod', 'sum'), key);
});

test('text that moves from one part of the key to the next makes another key', (t) => {
  t.not(cacheKey(spec, 'modsum', ''), cacheKey(spec, 'mod', 'sum'));
});

test('a published entry is found with its binary and the folder of its assets', async (t) => {
  const folder = await publishSample(t);
  t.deepEqual(await readEntry(spec, folder), { binary: path.join(folder, 'gitea'), home: folder });
});

test('an entry whose binary was cut short is none', async (t) => {
  const folder = await publishSample(t);
  await truncate(path.join(folder, 'gitea'), 3);
  t.is(await readEntry(spec, folder), undefined);
});

test('an entry without one of its assets is none', async (t) => {
  const folder = await publishSample(t);
  t.is(await readEntry({ ...spec, assets: ['templates', 'options'] }, folder), undefined);
});

test('a folder that was never finished is no entry', async (t) => {
  const folder = await newFolder(t);
  await writeFile(path.join(folder, 'gitea'), 'binary');
  t.is(await readEntry(spec, folder), undefined);
});

test('publishing over a broken entry replaces it whole', async (t) => {
  const folder = await publishSample(t);
  await writeFile(path.join(folder, 'stray'), '');
  const made = `${folder}-again`;
  await mkdir(path.join(made, 'templates'), { recursive: true });
  await writeFile(path.join(made, 'gitea'), 'newer binary');
  const entry = await publishEntry(spec, made, folder);
  t.is(await readFile(entry.binary, 'utf8'), 'newer binary');
  await t.throwsAsync(readFile(path.join(folder, 'stray')));
});
