import test from 'ava';
import { ruleProblems } from '../../controller/kinds/nomad-acl-policy/rule-problems.ts';
import { ruleSchema } from '../../controller/kinds/nomad-acl-policy/rule-words.ts';
import { type RealNomad, startRealNomad } from './real-nomad.ts';

let server: RealNomad;
test.before(async () => {
  server = await startRealNomad({ client: false });
});
test.after.always(() => server?.stop());

const takenRules = [
  'agent { policy = "read", }',
  'agent = { policy = "read" }',
  '"agent" { "policy" = "read" }',
  '{"agent": {"policy": "read"}}',
  'namespace a { policy = "read" }',
  'namespace "a" { }',
  'namespace "a" { policy = "read" }\nnamespace "a" { policy = "write" }',
  'operator { policy = "scale" }',
  'plugin { policy = "list" } # read',
  'node_pool "a_b*" { capabilities = ["delete", "read"] }',
  '',
];
const refusedRules = [
  '// nothing',
  'agent {}',
  'agent { policy = "list" }',
  'agent { policy = read }',
  'agent { policy = <<E\nread\nE\n}',
  'agent "x" { policy = "read" }',
  'agent { policy = "read" }\nagent { policy = "write" }',
  'agent { policy = "read" } }',
  'agent { policy = "read"',
  'key = "v"\nagent { policy = "read" }',
  'host_volume "a_b" { policy = "read" }',
  'namespac "a" { policy = "read" }',
  'namespace { policy = "read" }',
  'namespace "a_b" { policy = "read" }',
  'namespace "a" "b" { policy = "read" }',
  'namespace "a" { policy = "list" }',
  'namespace "a" { policy = ["read"] }',
  'namespace "a" { capabilities = "read-job" }',
  'namespace "a" { capabilities = ["read-job" "list-jobs"] }',
  'namespace "a" { variables { } }',
  'namespace "a" { variables { path "/x" { capabilities = ["read"] } } }',
  'node_pool "a" = { policy = "read" }',
  'plugin { policy = "scale" }',
];

test('what is found in the rules of a policy is what Nomad refuses', async (t) => {
  const isTakenByNomad = async (rules: string) => {
    const body = { Name: 'rules', Rules: rules };
    return server.request('POST', 'acl/policy/rules', body).then(
      () => true,
      () => false,
    );
  };
  for (const rules of [...takenRules, ...refusedRules]) {
    t.is(await isTakenByNomad(rules), takenRules.includes(rules), rules);
    t.is(ruleProblems(rules).length === 0, takenRules.includes(rules), rules);
  }
});

test('every word that rules may hold is one of Nomad’s', async (t) => {
  const { blocks = {} } = ruleSchema;
  for (const [name, { label, policies = [], capabilities = [] }] of Object.entries(blocks)) {
    const said = capabilities.length === 0 ? [] : [`capabilities = ${JSON.stringify(capabilities)}`];
    const lines = [...policies.map((word) => `policy = "${word}"`), ...said];
    for (const line of lines) {
      const Rules = `${name}${label === undefined ? '' : ' "x"'} { ${line} }`;
      await t.notThrowsAsync(server.request('POST', 'acl/policy/words', { Name: 'words', Rules }), Rules);
    }
  }
});
