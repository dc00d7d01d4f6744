import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { UsageError } from '../model/errors.ts';
import type { Verb } from './verb.ts';

/** `drover agent`: the program on each server. */
export const agentVerb: Verb = {
  usage: 'agent',
  summary: 'Run the node agent on this server',
  examples: ['drover agent --config /etc/drover/agent.yaml'],
  options(command) {
    command.option('--config <file>', 'settings of this server', '/etc/drover/agent.yaml');
  },
  async run(_args, options, io) {
    const [{ readAgentSettings }, { runAgent }, { createConsul }, { createSystemClock }, { createLogger }] =
      await Promise.all([
        import('../node/settings.ts'),
        import('../node/agent.ts'),
        import('../adapters/consul/index.ts'),
        import('../adapters/system/clock.ts'),
        import('../logger.ts'),
      ]);
    const file = path.resolve(io.cwd, options['config'] as string);
    const text = await readFile(file, 'utf8').catch((cause: unknown) => {
      throw new UsageError(`the settings ${file} can't be read`, {
        cause,
        hint: 'docs/agent.md has an example.',
      });
    });
    const outcome = readAgentSettings(text);
    if ('problems' in outcome) {
      throw new UsageError(`${file}:\n${outcome.problems.map((problem) => `  - ${problem}`).join('\n')}`);
    }
    const { settings } = outcome;
    const { kv } = createConsul({ ...settings.consul, timeoutMs: 10_000 });
    const logger = createLogger('drover-agent', { base: { server: settings.server } });
    await runAgent(settings, { kv, clock: createSystemClock(), logger }, io.signal);
    return 0;
  },
};
