import test from 'ava';
import * as fc from 'fast-check';
import { createEvaluator } from '../../controller/expression/create-evaluator.ts';
import { expandText, expandValue } from '../../controller/expression/expand-template.ts';
import type { Scope, ServerFacts } from '../../controller/expression/scope.ts';
import type { JsonObject } from '../../controller/model/json.ts';

function serverFacts(name: string, address: string, role: string): ServerFacts {
  const interfaces = { lan: { address } };
  return { name, address, labels: { role }, datacenter: 'dc1', class: 'cx32', facts: {}, interfaces };
}

const servers = [
  serverFacts('q1', '10.0.0.1', 'quorum'),
  serverFacts('q2', '10.0.0.2', 'quorum'),
  serverFacts('c1', '10.0.0.9', 'client'),
];

function scopeOf(vars: JsonObject): Scope {
  return {
    environment: 'prod',
    vars,
    servers: () => servers,
    secretNames: () => ['shop-db'],
    secret: (name) => {
      if (name === 'half') return 'broken';
      return name === 'shop-db' ? { path: 'kv/shop/db', keys: ['password', 'url'] } : undefined;
    },
    authNames: () => ['jwt-nomad'],
    hasAuth: (name) => name === 'jwt-nomad',
  };
}

const evaluator = createEvaluator(
  scopeOf({ domain: 'acme.example', webCount: 3, ratio: 0.5, on: true, list: ['a', 'b'], none: null }),
);

function problemOf(text: string) {
  const { value, problems } = expandText(text, evaluator);
  const [problem] = problems;
  return {
    value,
    count: problems.length,
    code: problem?.entry.code,
    message: problem?.message,
    hint: problem?.hint,
    at: problem === undefined ? undefined : text.slice(problem.start, problem.end),
  };
}

test('a text keeps what is around its expressions', (t) => {
  t.is(expandText('https://shop.${{ vars.domain }}/x', evaluator).value, 'https://shop.acme.example/x');
});

test('a text that is one expression keeps the type of its value', (t) => {
  t.is(expandValue('${{ vars.webCount }}', evaluator).value, 3);
  t.is(expandValue('${{ vars.webCount * 2 + 1 }}', evaluator).value, 7);
  t.is(expandValue('${{ vars.ratio }}', evaluator).value, 0.5);
  t.is(expandValue('${{ vars.on }}', evaluator).value, true);
  t.deepEqual(expandValue('${{ vars.list }}', evaluator).value, ['a', 'b']);
  t.is(expandValue('n${{ vars.webCount }}', evaluator).value, 'n3');
});

test('a doubled dollar gives the literal opener', (t) => {
  t.is(
    expandText('$${{ vars.domain }} ${{ vars.domain }}', evaluator).value,
    '${{ vars.domain }} acme.example',
  );
});

test('braces of Go templates and of CEL maps do not end an expression', (t) => {
  t.is(
    expandText('{{ key }} ${{ {"a": {"b": vars.domain}}.a.b }}}}', evaluator).value,
    '{{ key }} acme.example}}',
  );
  t.is(expandText('${{ "}}" + vars.domain }}', evaluator).value, '}}acme.example');
});

test('servers are chosen by labels', (t) => {
  const text = '${{ servers({"role": "quorum"}).map(s, s.address).join(",") }}';
  t.is(expandText(text, evaluator).value, '10.0.0.1,10.0.0.2');
  t.is(expandValue('${{ size(servers({})) }}', evaluator).value, 3);
});

test('the server of the text is known in its own context only', (t) => {
  t.is(expandText('${{ server.interfaces.lan.address }}', evaluator, servers[2]).value, '10.0.0.9');
  t.is(problemOf('${{ server.name }}').code, 'DRV0409');
});

test('a secret becomes the place holder of its Vault path and is listed', (t) => {
  const { value, secrets } = expandText('pw=${{ secret("shop-db", "password") }}', evaluator);
  t.is(value, 'pw=${{ secret("kv/shop/db", "password") }}');
  t.deepEqual(secrets, [{ path: 'kv/shop/db', key: 'password' }]);
});

test('a secret that is computed with is refused', (t) => {
  t.is(problemOf('${{ secret("shop-db", "password").upperAscii() }}').code, 'DRV0411');
  t.is(problemOf('${{ size(secret("shop-db", "password")) }}').code, 'DRV0411');
});

test('an unknown secret, key or auth mount is named with its neighbour', (t) => {
  t.like(problemOf('${{ secret("shop-dv", "url") }}'), { code: 'DRV0407', hint: 'did you mean "shop-db"?' });
  t.like(problemOf('${{ secret("shop-db", "passwort") }}'), {
    code: 'DRV0407',
    hint: 'did you mean "password"?',
  });
  t.like(problemOf("${{ accessor('jwt-nomat') }}"), { code: 'DRV0408', hint: 'did you mean "jwt-nomad"?' });
});

test('nothing is said of a secret whose own definition has findings', (t) => {
  t.is(expandText('${{ secret("half", "x") }}', evaluator).problems.length, 0);
});

test('an accessor stays as the text that is resolved at apply', (t) => {
  t.is(expandText("a.${{ accessor('jwt-nomad') }}.b", evaluator).value, "a.${{ accessor('jwt-nomad') }}.b");
});

test('an unknown name is named with its neighbour at its own place', (t) => {
  t.deepEqual(problemOf('x ${{ vars.domian }}'), {
    value: undefined,
    count: 1,
    code: 'DRV0402',
    message: 'vars has no "domian"',
    hint: 'did you mean "domain"?',
    at: 'domian',
  });
  t.like(problemOf('${{ domain }}'), { code: 'DRV0402', hint: 'write vars.domain' });
  t.like(problemOf('${{ vors.domain }}'), { code: 'DRV0402', hint: 'did you mean "vars"?' });
  t.like(problemOf('${{ servers({}).map(s, s.adress).join(",") }}'), { hint: 'did you mean "address"?' });
});

test('names of the prototype are not variables', (t) => {
  for (const name of ['constructor', '__proto__', 'toString']) {
    t.is(problemOf(`\${{ vars.${name} }}`).value, undefined);
    t.is(problemOf(`\${{ vars["${name}"] }}`).value, undefined);
  }
});

test('all problems of a text are found', (t) => {
  t.is(expandText('${{ vars.a1 }} ${{ vars.b1 }} ${{ 1 + }}', evaluator).problems.length, 3);
});

for (const [title, text, code] of [
  ['an opener without end', 'a ${{ vars.domain', 'DRV0401'],
  ['half an expression', '${{ 1 + }}', 'DRV0401'],
  ['an empty expression', '${{ }}', 'DRV0401'],
  ['an unknown function', '${{ now() }}', 'DRV0403'],
  ['regular expressions', '${{ vars.domain.matches("(a+)+$") }}', 'DRV0403'],
  ['cel.bind', '${{ cel.bind(x, "a", x + x) }}', 'DRV0403'],
  ['text and number added', '${{ "a" + 1 }}', 'DRV0404'],
  ['a function with a wrong number of arguments', '${{ secret("a") }}', 'DRV0404'],
  ['division by zero', '${{ 1 / 0 }}', 'DRV0405'],
  ['a list in the middle of a text', 'x ${{ vars.list }}', 'DRV0410'],
  ['null in the middle of a text', 'x ${{ vars.none }}', 'DRV0410'],
  ['an expression of 3000 characters', `\${{ "${'a'.repeat(3000)}" }}`, 'DRV0406'],
  ['1500 negations', `\${{ ${'!'.repeat(1500)}true }}`, 'DRV0406'],
  ['501 expressions', '${{ 1 }}'.repeat(501), 'DRV0406'],
] as const) {
  test(`refused with ${code}: ${title}`, (t) => {
    t.is(problemOf(text).code, code);
  });
}

test('loops inside loops over long lists are refused before they run', (t) => {
  const long = createEvaluator(scopeOf({ list: Array.from({ length: 1000 }, (_, index) => index) }));
  const nested = '${{ vars.list.map(a, vars.list.map(b, vars.list.map(c, a + b + c))).size() }}';
  t.is(expandText(nested, long).problems[0]?.entry.code, 'DRV0406');
  t.is(expandText('${{ vars.list.filter(x, x > 5).size() }}', long).value, '994');
});

test('no text makes the expansion throw', (t) => {
  const piece = fc.constantFrom(
    '${{',
    '}}',
    '$',
    '{',
    '"',
    "'",
    '\\',
    'vars.domain',
    '[',
    '(',
    ' ? ',
    ':',
    '.map(x, x)',
    '1',
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 30 }), (pieces) => {
      const { value, problems } = expandText(pieces.join(''), evaluator);
      t.is(value === undefined, problems.length > 0);
    }),
    { numRuns: 300 },
  );
});

test('a text without an opener stays as it is', (t) => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      fc.pre(!text.includes('${{'));
      t.is(expandText(text, evaluator).value, text);
    }),
  );
});
