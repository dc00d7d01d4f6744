import test from 'ava';
import { readAgentSettings } from '../../controller/node/settings.ts';

const good = `
fleet: shop
environment: dev
server: web-1
stateDirectory: /var/lib/drover
consul: {address: "http://127.0.0.1:8500"}
keyFile: /etc/drover/node.key
trustedKeys: ["ed25519:MCowBQYDK2VwAyEAMCowBQYDK2VwAyEAMCowBQYDK2U="]
textfileDirectory: /var/lib/node_exporter
`;

test('a short agent.yaml gets the defaults', (t) => {
  const read = readAgentSettings(good);
  if (!('settings' in read)) throw new Error(read.problems.join('\n'));
  t.is(read.settings.root, '/');
  t.is(read.settings.manager, 'systemd');
  t.is(read.settings.intervalMs, 15_000);
  t.deepEqual(read.settings.allow, { paths: ['/'], units: ['*'] });
});

test('all problems come at once and name their field', (t) => {
  const read = readAgentSettings(
    good.replace('web-1', 'Web_1').replace('/etc/drover', 'etc').concat('colour: red\n'),
  );
  const problems = 'problems' in read ? read.problems.join('\n') : '';
  for (const field of ['server', 'keyFile', 'colour'])
    t.true(problems.includes(field), `${field} in ${problems}`);
});

test('an empty file is a list of problems, not an error', (t) => {
  for (const text of ['', 'a: [', '- x']) t.true('problems' in readAgentSettings(text), text);
});
