import test from 'ava';
import { fieldForWord, kindForWord } from '../../controller/compile/other-words.ts';
import { kinds } from '../../controller/kinds/index.ts';

test('a kind of Kubernetes is led to the one of ours', (t) => {
  const names = new Set<string>(kinds.keys());
  t.is(kindForWord('Deployment', names), 'Application');
  t.is(kindForWord('Secret', names), 'VaultSecret');
  t.is(kindForWord('Namespace', names), 'NomadNamespace');
});

test('words that nobody uses elsewhere lead nowhere, nor do names that every object has', (t) => {
  t.is(kindForWord('Gizmo', new Set<string>(kinds.keys())), undefined);
  t.is(kindForWord('constructor', new Set<string>(kinds.keys())), undefined);
});

test('a field is suggested only where it exists', (t) => {
  t.is(fieldForWord('replicas', new Set(['count', 'image'])), 'count');
  t.is(fieldForWord('replicas', new Set(['image'])), undefined);
});
