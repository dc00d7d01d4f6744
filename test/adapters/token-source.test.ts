import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { createTokenSource } from '../../controller/adapters/token-source.ts';
import { DeniedError } from '../../controller/model/errors.ts';
import { scratchFolders } from '../fakes/scratch-folders.ts';

const folder = scratchFolders(test);
const temporaryFile = async () => join(await folder(), 'token');

test('the file wins over the token', async (t) => {
  const tokenFile = await temporaryFile();
  await writeFile(tokenFile, 'from-file\n');
  t.is(await createTokenSource({ token: 'given', tokenFile })(), 'from-file');
  t.is(await createTokenSource({ token: 'given' })(), 'given');
  t.is(await createTokenSource({})(), undefined);
});

test('a rotated token is read without a restart', async (t) => {
  const tokenFile = await temporaryFile();
  await writeFile(tokenFile, 'first');
  const token = createTokenSource({ tokenFile });
  t.is(await token(), 'first');
  await writeFile(`${tokenFile}.new`, 'other');
  await rename(`${tokenFile}.new`, tokenFile);
  t.is(await token(), 'other');
});

for (const [what, text] of [
  ['nothing', '\n'],
  ['two lines', 'one\ntwo\n'],
  ['more than a token', 'x'.repeat(5000)],
] as const) {
  test(`a file with ${what} is refused, and its text is not told`, async (t) => {
    const tokenFile = await temporaryFile();
    await writeFile(tokenFile, text);
    const error = await t.throwsAsync(createTokenSource({ tokenFile })(), { instanceOf: DeniedError });
    t.is(error?.message, `the token file ${tokenFile} does not hold one line with a token`);
  });
}

test('a missing file is refused by name', async (t) => {
  const tokenFile = await temporaryFile();
  const error = await t.throwsAsync(createTokenSource({ tokenFile })(), { instanceOf: DeniedError });
  t.is(error?.message, `the token file ${tokenFile} can't be read`);
});
