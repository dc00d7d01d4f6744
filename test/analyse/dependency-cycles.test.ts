import test from 'ava';
import { analyse } from '../../controller/analyse/analyse.ts';
import { compileProject } from '../../controller/compile/compile-project.ts';
import { createFleet } from '../../controller/compile/create-fleet.ts';
import { document, oneEnvironment } from '../compile/fleet-files.ts';
import { sourceOf } from '../compile/source-of.ts';

const job = (name: string, ...needs: readonly string[]) =>
  document(
    'NomadJob',
    `metadata: {name: ${name}}\nspec: {json: {ID: ${name}}, dependsOn: [${needs.join(', ')}]}\n`,
  );

function circles(...jobs: readonly string[]) {
  const source = sourceOf({ 'drover.yaml': oneEnvironment, 'base/j.yaml': jobs.join('---\n'), 'demo/x': '' });
  const compiled = compileProject(source).environments.get('demo');
  if (compiled === undefined) throw new Error('the environment did not compile');
  return analyse(createFleet(compiled, source, new Map()).fleet)
    .filter(({ code }) => code === 'DRV0507')
    .map(({ message, related = [] }) => [message, related.length]);
}

test('a circle is told once, with each step of it', (t) => {
  t.deepEqual(circles(job('a', 'b'), job('b', 'c'), job('c', 'a')), [
    ['a waits for b waits for c waits for a', 2],
  ]);
});

test('who waits for a circle without being in it is not told', (t) => {
  t.deepEqual(circles(job('a', 'b'), job('b', 'c'), job('c', 'b'), job('d', 'a')), [
    ['b waits for c waits for b', 1],
  ]);
});

test('two ways to one job are no circle', (t) => {
  t.deepEqual(circles(job('a', 'b', 'c'), job('b', 'd'), job('c', 'd'), job('d')), []);
});

test('a job that waits for itself is told as that', (t) => {
  t.deepEqual(circles(job('a', 'a')), [['a waits for itself', 0]]);
});
