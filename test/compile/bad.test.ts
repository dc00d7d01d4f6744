import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import test from 'ava';
import { diagnosticCodes } from '../../controller/diagnostic-codes.ts';
import { briefly, findingsOf, readCase, readTwin } from './read-case.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const cases = readdirSync(`${root}bad`);
const twins = existsSync(`${root}good`) ? readdirSync(`${root}good`) : [];
const hostile = readdirSync(`${root}hostile`).filter((name) => name.startsWith('yaml-'));

function findingsIn(folder: string) {
  const found = findingsOf(readCase(`${root}${folder}`));
  const expected = readFileSync(`${root}${folder}/expected.txt`, 'utf8');
  return { found, expected, actual: found.map((finding) => `${briefly(finding)}\n`).join('') };
}

for (const name of cases) {
  test(`test/bad/${name} gives exactly its code at its place`, (t) => {
    const { found, actual, expected } = findingsIn(`bad/${name}`);
    t.is(actual, expected);
    t.true(found.length > 0 && found.every((finding) => name.startsWith(finding.code)));
  });
}

for (const name of twins) {
  test(`test/good/${name} corrects it, and nothing is found`, (t) => {
    t.true(cases.includes(name));
    const found = findingsOf(readTwin(`${root}bad/${name}`, `${root}good/${name}`));
    t.deepEqual(
      found.map((finding) => `${briefly(finding)} ${finding.message}`),
      [],
    );
  });
}

for (const name of hostile) {
  test(`test/hostile/${name} gives exactly its findings`, (t) => {
    const { found, actual, expected } = findingsIn(`hostile/${name}`);
    t.is(actual, expected);
    t.true(found.length > 0);
  });
}

/** What no folder can yield alone, and the tests that yield it: Nomad's parser has to run, or the renderer is at fault. */
const elsewhere: Readonly<Record<string, string>> = {
  DRV0323: 'integration/sample-fleet.test.ts',
  DRV0701: 'render/render-environment.test.ts',
  DRV0860: 'reconcile/ask-programs.test.ts',
  DRV0861: 'reconcile/ask-programs.test.ts',
  DRV0862: 'reconcile/ask-programs.test.ts',
  DRV0863: 'reconcile/ask-programs.test.ts',
  DRV0866: 'reconcile/ask-about-jobs.test.ts',
  DRV0944: 'reconcile/ask-programs.test.ts',
};

test('every code has a folder that yields it alone, or a test elsewhere', (t) => {
  const codes = diagnosticCodes.map(({ code }): string => code);
  const missing = codes.filter((code) => !cases.some((name) => name.startsWith(code)));
  t.deepEqual(missing, Object.keys(elsewhere));
  for (const [code, file] of Object.entries(elsewhere)) {
    t.true(readFileSync(`${root}${file}`, 'utf8').includes(code), code);
  }
});

test('every folder of a mistake has a good twin', (t) => {
  t.deepEqual(
    cases.filter((name) => !twins.includes(name)),
    [],
  );
});

test('no two codes are the same, and each is documented in sentences', (t) => {
  const codes = diagnosticCodes.map(({ code }) => code);
  t.is(new Set(codes).size, codes.length);
  for (const { code, title, why, fix } of diagnosticCodes) {
    t.regex(why, /\.$/, code);
    t.regex(fix, /[^.]$/, code);
    t.regex(title, /^[A-Z`]/, code);
  }
});
