import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import test from 'ava';
import { knownByFile } from '../../controller/cli/known-by-file.ts';
import type { JobParser } from '../../controller/ports/job-parser.ts';

const signal = AbortSignal.timeout(60_000);

const identityOf = (parser: JobParser, file: string) => knownByFile(parser, file).identity?.(signal);

function countingParser() {
  const asked: string[] = [];
  const parser: JobParser = {
    version: async () => {
      asked.push('version');
      return '1.0.0';
    },
    parse: () => Promise.reject(new Error('nothing here is to be parsed')),
  };
  return { asked, parser };
}

test('the program is not asked while its file stays, and another file is another identity', async (t) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'drover-version-'));
  t.teardown(() => rm(folder, { recursive: true, force: true }));
  const file = path.join(folder, 'nomad');
  await writeFile(file, 'one');
  const { asked, parser } = countingParser();
  const first = await identityOf(parser, file);
  t.is(await identityOf(parser, file), first);
  await writeFile(file, 'other');
  await utimes(file, new Date(), new Date(Date.now() + 60_000));
  t.not(await identityOf(parser, file), first);
  t.deepEqual(asked, []);
});

test('where there is no such file the program itself is asked, and says why it can not run', async (t) => {
  const { asked, parser } = countingParser();
  t.is(await identityOf(parser, '/nowhere/nomad'), '1.0.0');
  t.deepEqual(asked, ['version']);
});
