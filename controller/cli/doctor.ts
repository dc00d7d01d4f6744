import type { Verb } from './verb.ts';

/** `drover doctor`: can the controller reach what it needs, and may it do what it must. */
export const doctorVerb: Verb = {
  usage: 'doctor',
  summary: 'Check that everything in the config can be reached and used',
  examples: ['drover doctor --config /etc/drover/controller.yaml'],
  options(command) {
    command.option('--config <file>', "the controller's config file");
  },
  async run(_args, options, io) {
    const [{ openConfig }, { wire }, { examine }, { createLogger }] = await Promise.all([
      import('./open-config.ts'),
      import('../wire.ts'),
      import('./examine.ts'),
      import('../logger.ts'),
    ]);
    const config = await openConfig(options['config'] as string | undefined, io);
    const wired = wire(config, {
      instance: 'doctor',
      logger: createLogger('drover-doctor', { isSilent: true }),
    });
    try {
      const findings = await examine(wired, io.signal);
      for (const { what, ok, says } of findings)
        io.out(`${ok ? 'ok  ' : 'FAIL'}  ${what.padEnd(34)} ${says}\n`);
      return findings.every(({ ok }) => ok) ? 0 : 1;
    } finally {
      await wired.close();
    }
  },
};
