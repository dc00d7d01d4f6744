import test from 'ava';
import { checkSchema } from '../../controller/compile/check-schema.ts';
import { kinds } from '../../controller/kinds/index.ts';
import type { KindName } from '../../controller/kinds/kind.ts';

function hintOf(kind: KindName, spec: Readonly<Record<string, unknown>>, field: string): string | undefined {
  const schema = kinds.get(kind)?.schema;
  if (schema === undefined) throw new Error(`no kind ${kind}`);
  const found = checkSchema(schema, spec, { at: ['spec'] });
  return found.find(({ message }) => message === `there is no field "${field}" here`)?.hint;
}

const app = { image: 'x:1', resources: { cpu: 100, memory: '1Gi' } };

const cases: readonly (readonly [string, Readonly<Record<string, unknown>>, string])[] = [
  ['memory', { image: 'x:1', memory: '1Gi' }, 'here that is "resources.memory"'],
  ['path', { ...app, health: { path: '/healthz' } }, 'here that is "http.path"'],
  ['port', { ...app, health: { port: 'http' } }, 'here that is "http.port" or "tcp.port"'],
  ['host', { ...app, host: 'a.example' }, 'here that is "routes[].host"'],
  [
    'count',
    { image: 'x:1', resources: { cpu: 100, memory: '1Gi', count: 3 } },
    'it belongs further out, beside "resources"',
  ],
  ['namespace', { ...app, namespace: 'shop' }, 'it belongs into metadata'],
  ['replicas', { ...app, replicas: 3 }, 'here that is "count"'],
];

for (const [field, spec, hint] of cases) {
  test(`${field} in a wrong place of an application: ${hint}`, (t) => {
    t.is(hintOf('Application', spec, field), hint);
  });
}

test('of a word that is nowhere the known ones are listed, where they are few', (t) => {
  t.regex(hintOf('ConsulKey', { key: 'a', value: 'b', owner: 'me' }, 'owner') ?? '', /^known here: key, /);
});
