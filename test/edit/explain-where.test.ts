import test from 'ava';
import { compileProject } from '../../controller/compile/compile-project.ts';
import { answerWhere, readQuestion } from '../../controller/edit/explain-where.ts';
import { kinds } from '../../controller/kinds/index.ts';
import { document, oneEnvironment } from '../compile/fleet-files.ts';
import { sourceOf } from '../compile/source-of.ts';

const group = document(
  'ServerGroup',
  `metadata: {name: all}
spec:
  template:
    metadata: {labels: {role: client}}
    spec: {class: cx32, failureDomain: rack-a}
  servers:
    web-1: {interfaces: {lan: {address: 10.0.0.1}}}
    web-2: {interfaces: {lan: {address: 10.0.0.2}}, failureDomain: rack-b}
`,
);

function where(asked: string) {
  const source = sourceOf({ 'drover.yaml': oneEnvironment, 'base/s.yaml': group, 'demo/x': '' });
  const compiled = compileProject(source).environments.get('demo');
  const question = readQuestion(asked, kinds);
  if (compiled === undefined || question === undefined) throw new Error('nothing to ask');
  const answer = answerWhere(compiled, question);
  return { layers: answer?.layers.map(({ line, value }) => [line, value]), effective: answer?.effective };
}

test('what a member of a group has from the template is told at the template', (t) => {
  t.deepEqual(where('server/web-1.class'), { layers: [[7, 'cx32']], effective: 'cx32' });
});

test('what a member says itself comes after the template, and wins', (t) => {
  t.deepEqual(where('server/web-2.failureDomain'), {
    layers: [
      [7, 'rack-a'],
      [10, 'rack-b'],
    ],
    effective: 'rack-b',
  });
});

test('a field that nobody sets has no value, whatever is around it', (t) => {
  t.deepEqual(where('server/web-1.interfaces.lan.mtu.size'), { layers: [], effective: undefined });
});
