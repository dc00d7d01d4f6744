import test from 'ava';
import { compileProject } from '../../controller/compile/compile-project.ts';
import { checkEnvironments } from '../../controller/reconcile/check-environments.ts';
import { document, oneEnvironment, server } from '../compile/fleet-files.ts';
import { sourceOf } from '../compile/source-of.ts';

function unjoined(files: Readonly<Record<string, string>>) {
  const source = sourceOf({ 'drover.yaml': oneEnvironment, 'demo/x': '', ...files });
  const compiled = compileProject(source);
  const options = { today: '2026-06-15' };
  const { diagnostics } = checkEnvironments(compiled, source, { parsed: new Map(), options });
  return diagnostics
    .filter(({ code }) => code === 'DRV0504')
    .map(({ span, message, related }) => ({
      at: `${span.path}:${span.line}`,
      message,
      related: related?.map((place) => `${place.span.path}:${place.span.line} ${place.message}`),
    }));
}

const servers = (count: number) =>
  Array.from({ length: count }, (_, index) => server(`web-${index + 1}`, `10.0.0.${index + 1}`)).join(
    '---\n',
  );
const key = (name: string) =>
  document(
    'ServerKey',
    `metadata: {name: ${name}}\nspec: {seal: "x25519:5v2m7p0Qb0Yc0w8q0k5T6q2m8l0d9s3f4g5h6j7k8l0="}\n`,
  );

test('one server that has not joined is told by its name', (t) => {
  const told = unjoined({ 'base/s.yaml': `${servers(2)}---\n${key('web-1')}` });
  t.deepEqual(
    told.map(({ message }) => message),
    ['the server web-2 has not joined: there is no ServerKey of that name'],
  );
});

test('a fleet in which nobody has joined is one finding', (t) => {
  const [told, ...others] = unjoined({ 'base/s.yaml': servers(3) });
  t.deepEqual(others, []);
  t.is(told?.message, 'none of the 3 servers has joined: there is no ServerKey of web-1, web-2 and web-3');
  t.is(told?.at, 'base/s.yaml:3');
  t.deepEqual(told?.related, ['base/s.yaml:8 web-2', 'base/s.yaml:13 web-3']);
});

test('of many servers five are named, and five more places shown', (t) => {
  const [told] = unjoined({ 'base/s.yaml': `${servers(9)}---\n${key('web-1')}` });
  t.is(
    told?.message,
    '8 of 9 servers have not joined: there is no ServerKey of web-2, web-3, web-4, web-5, web-6 and 3 more',
  );
  t.is(told?.related?.length, 5);
});

test('members that are made by number count one by one', (t) => {
  const group = document(
    'ServerGroup',
    'metadata: {name: edge}\nspec: {count: 40, addressRange: 10.30.0.1-10.30.0.99, template: {spec: {class: cx32, interfaces: {lan: {}}}}}\n',
  );
  const [told, ...others] = unjoined({ 'base/g.yaml': group, 'base/s.yaml': servers(1) });
  t.deepEqual(others, []);
  t.regex(
    told?.message ?? '',
    /^none of the 41 servers has joined: there is no ServerKey of edge-1, .* and 36 more$/,
  );
  t.deepEqual(told?.related, ['base/s.yaml:3 web-1']);
});

test('a server whose waiver holds is not among those that are told', (t) => {
  const waived = server('db', '10.0.1.1').replace(
    'metadata: {name: db',
    'metadata: {name: db, annotations: {drover.dev/waive: "DRV0504 until 2026-12-31: next month"}',
  );
  const [told] = unjoined({ 'base/a.yaml': waived, 'base/s.yaml': servers(2) });
  t.is(told?.message, '2 of 3 servers have not joined: there is no ServerKey of web-1 and web-2');
});
