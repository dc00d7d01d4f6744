import test from 'ava';
import { array, assert, constantFrom, oneof, property, string } from 'fast-check';
import { parseRules } from '../../../controller/kinds/nomad-acl-policy/parse-rules.ts';
import { ruleNamespaces, ruleProblems } from '../../../controller/kinds/nomad-acl-policy/rule-problems.ts';

const messages = (text: string) => ruleProblems(text).map(({ message, at }) => `${at} ${message}`);

test('everything that Nomad’s own documentation writes in a policy is read', (t) => {
  const text = `
# a comment
namespace "default" {
  policy = "write" // and another
  capabilities = [
    "submit-job", /* and a third */
    "alloc-node-exec",
  ]
  variables {
    path "nomad/jobs/*" { capabilities = ["read", "list"] }
    path "*" { capabilities = ["deny"] }
  }
}
namespace "prod-*" { policy = "deny" }
node_pool "gpu" { capabilities = ["write"] }
host_volume "pg-*" { policy = "write" }
agent { policy = "read" }
node { policy = "write" }
operator { policy = "read" capabilities = ["snapshot-save"] }
quota { policy = "read" }
plugin { policy = "list" }
sentinel { capabilities = ["sentinel-read"] }
`;
  t.deepEqual(ruleProblems(text), []);
  t.deepEqual(
    ruleNamespaces(text).map(({ value }) => value),
    ['default'],
  );
});

test('a misspelt block, field, level or capability is told with its place and what was meant', (t) => {
  t.deepEqual(messages('namespac "a" {}'), ['0 a policy knows no namespac']);
  t.deepEqual(messages('namespace "a" { polcy = "read" }'), ['16 namespace "a" knows no polcy']);
  t.deepEqual(messages('agent { policy = "raed" }'), ['17 "raed" is no policy of agent']);
  const [problem] = ruleProblems('namespace "a" { capabilities = ["read-job", "submt-job"] }');
  t.is(problem?.hint, 'did you mean "submit-job"?');
});

test('a namespace without a name is told', (t) => {
  t.deepEqual(messages('namespace { policy = "read" }'), ['0 the block namespace says of no name which']);
});

test('what is cut or does not close is told', (t) => {
  for (const text of [
    'namespace "a" {',
    'agent { policy = }',
    'agent { policy = "read }',
    'agent }',
    '}',
    'a = [1 {',
  ]) {
    t.is(ruleProblems(text).length, 1, text);
  }
});

test('rules as JSON, and none at all, are left to Nomad', (t) => {
  t.deepEqual(ruleProblems('{"agent": {"policy": "x"}}'), []);
  t.deepEqual(ruleProblems(''), []);
});

test('any text ends in an answer', (t) => {
  const piece = constantFrom(
    'namespace',
    '"a"',
    '{',
    '}',
    '[',
    ']',
    '=',
    ',',
    '\n',
    '#',
    '/*',
    '*/',
    '<<E\n',
    '\nE',
    '\\',
    '"',
  );
  assert(
    property(
      oneof(
        string(),
        array(piece).map((pieces) => pieces.join(' ')),
      ),
      (text) => {
        ruleProblems(text);
      },
    ),
    { numRuns: 2000 },
  );
  t.pass();
});

test('hostile rules are read in time', (t) => {
  const started = performance.now();
  for (const text of [
    '"'.repeat(300_000),
    '{'.repeat(300_000),
    'a {'.repeat(100_000),
    '/*'.repeat(200_000),
    '<<E\n'.repeat(100_000),
  ]) {
    parseRules(`x${text}`);
  }
  t.true(performance.now() - started < 3_000);
});
