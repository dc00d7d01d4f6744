import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { createSystemClock } from '../../controller/adapters/system/clock.ts';
import { runAgent } from '../../controller/node/agent.ts';
import type { AgentSettings } from '../../controller/node/settings.ts';
import type { KeyValue } from '../../controller/ports/kv.ts';

/*
 * An agent in a process of its own, to be killed: `node agent-process.ts SETTINGS.json VALUE-FILE STEP [NO-CONTACT-FILE]`.
 * Its key's value is a file. It kills itself at the named step, the first time it comes by; `stop:STEP` only stops it.
 */
const [settingsFile = '', valueFile = '', killAt = '', cutFile = ''] = process.argv.slice(2);
const settings = JSON.parse(await readFile(settingsFile, 'utf8')) as AgentSettings;
const key = `drover/${settings.environment}/l1/${settings.server}`;

const isCut = async () => cutFile !== '' && (await readFile(cutFile, 'utf8').catch(() => '')) === 'cut';

async function read() {
  if (await isCut()) throw new Error('cut off');
  return { key, value: new Uint8Array(await readFile(valueFile)), modifyIndex: 1 };
}

const kv: KeyValue = {
  get: async (asked) => (asked === key ? read() : undefined),
  list: async () => [],
  transact: async () => {},
  async watch(_, { index }, signal) {
    if (index > 0) await sleep(60_000, undefined, { signal });
    return { entry: await read(), index: 1 };
  },
};

const say = (fields: Readonly<Record<string, unknown>>, message: string) => {
  process.stdout.write(`${message} ${JSON.stringify(fields)}\n`);
};

await runAgent(
  settings,
  {
    kv,
    clock: createSystemClock(),
    logger: { info: say, warn: say, error: say },
    onStep: (step) => {
      if (step === killAt) process.kill(process.pid, 'SIGKILL');
      if (`stop:${step}` === killAt) process.kill(process.pid, 'SIGSTOP');
    },
  },
  new AbortController().signal,
);
