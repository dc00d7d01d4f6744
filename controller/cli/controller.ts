import { hostname } from 'node:os';
import type { Verb } from './verb.ts';

/** `drover controller`: the loops, until it is told to stop. */
export const controllerVerb: Verb = {
  usage: 'controller',
  summary: 'Run the controller',
  examples: ['drover controller --config /etc/drover/controller.yaml'],
  options(command) {
    command.option('--config <file>', "the controller's config file");
  },
  async run(_args, options, io) {
    const [{ openConfig }, { runController }, { createLogger }] = await Promise.all([
      import('./open-config.ts'),
      import('../run-controller.ts'),
      import('../logger.ts'),
    ]);
    const config = await openConfig(options['config'] as string | undefined, io);
    const instance = `${hostname()}/${process.pid}`;
    const logger = createLogger('drover-controller', { base: { instance } });
    await runController(config, { instance, logger }, io.signal);
    return 0;
  },
};
