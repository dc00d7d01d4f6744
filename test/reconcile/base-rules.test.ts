import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import test from 'ava';
import { compileProject } from '../../controller/compile/compile-project.ts';
import type { SourceTree } from '../../controller/model/source.ts';
import { baseRulesOf, judgedByBase } from '../../controller/reconcile/base-rules.ts';
import { checkEnvironments } from '../../controller/reconcile/check-environments.ts';
import { briefly, readCase, readTwin } from '../compile/read-case.ts';
import { sourceOf } from '../compile/source-of.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
/** Tenants, policies, waivers. */
const cases = readdirSync(`${root}bad`).filter((name) => /^DRV09[234]/.test(name));

function compile(source: SourceTree) {
  const project = compileProject(source, { droverVersion: '0.4.0' });
  const today = '2026-06-15';
  const checked = checkEnvironments(project, source, { parsed: new Map(), options: { today } });
  return { source, project, today, ...checked };
}

test('a revision that is judged by itself has no other findings', (t) => {
  const sources = cases.flatMap((name) => [
    readCase(`${root}bad/${name}`),
    readTwin(`${root}bad/${name}`, `${root}good/${name}`),
  ]);
  t.true(sources.length > 30);
  for (const source of sources) {
    const compiled = compile(source);
    t.is(judgedByBase(compiled, baseRulesOf(compiled, 'main')), compiled);
  }
});

for (const name of ['DRV0929-policy-as-a-warning', 'DRV0930-image-not-pinned']) {
  test(`what test/bad/${name} finds, the base finds at its place when the policies are taken out`, (t) => {
    const bad = readCase(`${root}bad/${name}`);
    const base = compile(readTwin(`${root}bad/${name}`, `${root}good/${name}`));
    const texts = bad.files.map(({ path, bytes }) => {
      const documents = new TextDecoder().decode(bytes).split(/^---\n/m);
      return [path, documents.filter((text) => !text.includes('kind: Policy')).join('---\n')] as const;
    });
    const without = compile(sourceOf(Object.fromEntries(texts)));
    t.deepEqual(without.diagnostics.map(briefly), []);
    const judged = judgedByBase(without, baseRulesOf(base, 'main'));
    t.deepEqual(judged.diagnostics.map(briefly), compile(bad).diagnostics.map(briefly));
    t.is(judged.diagnosticsByEnvironment.get('demo')?.length, 1);
  });
}
