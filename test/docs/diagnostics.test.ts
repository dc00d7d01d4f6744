import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import { diagnosticCodes } from '../../controller/diagnostic-codes.ts';
import { diagnosticsFile, diagnosticsPage } from '../../scripts/generate/diagnostics.ts';
import { errorEntries } from '../../scripts/generate/error-entries.ts';

const root = path.resolve(import.meta.dirname, '../..');

async function sourceText(): Promise<string> {
  const files = await readdir(path.join(root, 'controller'), { recursive: true });
  const texts = files
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFile(path.join(root, 'controller', file), 'utf8'));
  return (await Promise.all(texts)).join('\n');
}

test('docs/diagnostics.md is as the registry of codes says', async (t) => {
  const written = await readFile(path.join(root, diagnosticsFile), 'utf8');
  t.true(written === diagnosticsPage(), `${diagnosticsFile} is stale: npm run generate`);
});

test('every code that the program can give is in the registry, once', async (t) => {
  const inSource = [...(await sourceText()).matchAll(/\bcode(?:: | = )'(DRV\d{4})'/g)].map(
    ([, code = '']) => code,
  );
  const listed = [...diagnosticCodes.map(({ code }) => code), ...Object.keys(errorEntries)];
  t.deepEqual(inSource.toSorted(), listed.toSorted());
});

test('no code stands for two things', (t) => {
  const codes = diagnosticCodes.map(({ code }) => code);
  t.is(new Set(codes).size, codes.length);
});

test('each error of the page has the code that it is listed under', (t) => {
  const own: readonly string[] = Object.values(errorEntries).map(({ example }) => example.code);
  t.deepEqual(own, Object.keys(errorEntries));
});

test('titles, reasons and remedies read as sentences of the page', (t) => {
  for (const { code, title, why, fix } of diagnosticCodes) {
    t.regex(title, /^[A-Z“`].*[^.]$/, code);
    t.regex(why, /\.$/, code);
    t.regex(fix, /[^.]$/, code);
  }
});
