import { readFile } from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import { planScope, samplePlan } from '../../controller/kinds/policy/plan-scope.ts';

test('the page on policies tells every field of a plan, and no other', async (t) => {
  const page = await readFile(path.join(import.meta.dirname, '../../docs/policies.md'), 'utf8');
  const table = page.slice(page.indexOf('### Over plans'), page.indexOf('## Tenants'));
  const told = new Set(
    [...table.matchAll(/^\| (.*?) \|/gm)].flatMap(([, cell = '']) =>
      [...cell.matchAll(/plan\.(\w+)/g)].map(([, name = '']) => name),
    ),
  );
  const scope = planScope(samplePlan);
  t.deepEqual([...told].toSorted(), Object.keys(scope).toSorted());
  const words = new Set([...table.matchAll(/`(\w+)`/g)].map(([, word = '']) => word));
  for (const value of Object.values(scope)) {
    const [first = value] = Array.isArray(value) ? value : [];
    const fields = typeof first === 'object' && first !== null ? Object.keys(first) : [];
    for (const field of fields) t.true(words.has(field), field);
  }
});
