import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import test from 'ava';
import { analyseCodes } from '../../controller/analyse/analyse-codes.ts';
import { networkCodes } from '../../controller/analyse/networks/network-codes.ts';
import {
  hclJobCodes,
  layoutCodes,
  schemaCodes,
  syntaxCodes,
} from '../../controller/compile/compile-codes.ts';
import { diagnosticCodes } from '../../controller/diagnostic-codes.ts';
import { expressionCodes } from '../../controller/expression/expression-codes.ts';
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

/** Found elsewhere: by size, and by Nomad's parser. */
const elsewhere = [syntaxCodes.limit.code, hclJobCodes.parse.code] as const;

test('every code of the compiler and the analyser has a folder that yields it alone', (t) => {
  const groups = [
    syntaxCodes,
    layoutCodes,
    schemaCodes,
    hclJobCodes,
    expressionCodes,
    analyseCodes,
    networkCodes,
  ];
  const entries = groups.flatMap((group) => Object.values(group).map(({ code }): string => code));
  const missing = entries.filter((code) => !cases.some((name) => name.startsWith(code)));
  t.deepEqual(missing, [...elsewhere]);
});

test('no two codes are the same, and each is documented in sentences', (t) => {
  const codes = diagnosticCodes.map(({ code }) => code);
  t.is(new Set(codes).size, codes.length);
  for (const { code, title, why, fix } of diagnosticCodes) {
    t.regex(why, /\.$/, code);
    t.regex(fix, /[^.]$/, code);
    t.regex(title, /^[A-Z]/, code);
  }
});
