import type { World } from '../../scripts/demo/world/index.ts';

type Fleet = World['fleet'];

const apiFile = 'base/jobs/api.yaml';
const cacheFile = 'base/cache.yaml';

/** Replaces a text that must be there: an edit that changes nothing would prove nothing. */
async function replace(fleet: Fleet, file: string, from: string, to: string): Promise<void> {
  await fleet.edit(file, (text) => {
    if (!text.includes(from)) throw new Error(`${file} has no “${from}”`);
    return text.replace(from, () => to);
  });
}

export function setPriority(fleet: Fleet, priority: number): Promise<void> {
  return replace(
    fleet,
    apiFile,
    'datacenters = ["*"]',
    `datacenters = ["*"]\n        priority    = ${priority}`,
  );
}

export function setSpread(fleet: Fleet, weight: number): Promise<void> {
  const spread = `spread {\n          attribute = "\${node.datacenter}"\n          weight    = ${weight}\n        }`;
  return replace(fleet, apiFile, 'group "api" {', `${spread}\n\n        group "api" {`);
}

/** In the task; the group has a `restart` of its own. */
export function setTaskRestart(fleet: Fleet, attempts: number): Promise<void> {
  const restart = `restart {\n              attempts = ${attempts}\n              interval = "2m"\n            }`;
  return replace(fleet, apiFile, 'kill_timeout = "3s"', `kill_timeout = "3s"\n\n            ${restart}`);
}

export function setBanner(fleet: Fleet, text: string): Promise<void> {
  return fleet.edit('base/platform.yaml', (before) => before.replace(/Free delivery[^"]*/, () => text));
}

/** Makes one server a cache: a file of its own, a file that others have too, and a unit that runs this command. */
export async function writeCache(fleet: Fleet, server: string, command: string): Promise<void> {
  await fleet.edit('environments/demo/servers.yaml', (text) =>
    text.replace(
      `{name: ${server}, labels: {role: client}}`,
      `{name: ${server}, labels: {role: client, cache: "true"}}`,
    ),
  );
  await fleet.write(
    cacheFile,
    `apiVersion: drover.dev/v1alpha1
kind: MachineConfig
metadata: {name: cache}
spec:
  priority: 60
  selector: {matchLabels: {cache: "true"}}
  files:
    /etc/motd: {content: "This is a cache.\\n"}
    /etc/cache.conf: {content: "slots=7\\n"}
  units:
    cache.service:
      content: |
        [Service]
        ExecStart=/bin/sh -c '${command}'
        Environment=DROVER_LAB=\${{ vars.labMark }}
      restartOn: [/etc/cache.conf]
  checks:
    cache: {unit: cache.service, timeout: 2s, retries: 1}
`,
  );
}
