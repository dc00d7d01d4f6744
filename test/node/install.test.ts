import { readFile } from 'node:fs/promises';
import test from 'ava';
import { agentSettingsSchema, readAgentSettings } from '../../controller/node/settings.ts';
import { readServiceFile } from '../../controller/node/units/read-unit-file.ts';

const shipped = (name: string) =>
  readFile(new URL(`../../manifests/install/agent/${name}`, import.meta.url), 'utf8');

test('the shipped agent.yaml is valid and names every setting but the root', async (t) => {
  const text = await shipped('agent.yaml');
  const read = readAgentSettings(text);
  t.true('settings' in read, 'problems' in read ? read.problems.join('\n') : '');
  for (const name of Object.keys(agentSettingsSchema.properties)) {
    if (name !== 'root') t.regex(text, new RegExp(`^${name}:`, 'm'));
  }
});

test('the shipped unit kills nothing but the agent: the revert timer must outlive it', async (t) => {
  const text = await shipped('drover-agent.service');
  t.regex(text, /^KillMode=process$/m);
  t.is(readServiceFile('drover-agent.service', text).restart, 'always');
});
