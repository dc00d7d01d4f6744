import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createLab } from './index.ts';

const directory = process.argv[2] ?? (await mkdtemp(path.join(tmpdir(), 'drover-lab-')));
const components = ['consul', 'nomad', 'vault', 'gitea'] as const;
const lab = await createLab({ directory, components, log: (line) => console.error(`lab  ${line}`) });

console.log(`\nConsul  ${lab.consul.url}\n        ${lab.consul.tokens.bootstrap}`);
console.log(`Nomad   ${lab.nomad.url}\n        ${lab.nomad.tokens.bootstrap}`);
console.log(`Vault   ${lab.vault.url}\n        ${lab.vault.tokens.root}`);
console.log(`Gitea   ${lab.gitea.url}`);
for (const user of Object.values(lab.gitea.users)) {
  console.log(`        ${user.name}: password in ${user.passwordFile}`);
}
console.log(`\nData, logs and tokens are in ${directory}. Ctrl-C ends everything.`);
// The servers are children; nothing else keeps this process alive.
setInterval(() => undefined, 60_000);
