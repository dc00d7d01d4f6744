import { UsageError } from '../model/errors.ts';
import type { Verb } from './verb.ts';

/** `drover eject`: a definition's job as HCL of its own, to be kept instead of the definition. */
export const ejectVerb: Verb = {
  usage: 'eject <definition> [dir]',
  summary: 'Write the job that an application renders to as HCL beside it',
  examples: ['drover eject app/shop/web', 'drover eject Application/shop/web fleet --environment prod'],
  options(command) {
    command
      .option('--environment <name>', 'whose values are written, where they differ')
      .option('--nomad <program>', 'nomad program that parses HCL (default: DROVER_NOMAD, then PATH)');
  },
  async run([definition = '', dir], options, io) {
    const { ejectDefinition } = await import('./eject-definition.ts');
    const [word = '', ...rest] = definition.split('/');
    const [name, namespace, ...others] = rest.toReversed();
    if (name === undefined || others.length > 0) {
      throw new UsageError(`${definition} names no definition`, {
        hint: 'Write kind/[namespace/]name, as app/shop/web.',
      });
    }
    return ejectDefinition(
      {
        word,
        name,
        namespace: namespace ?? 'default',
        directory: dir ?? '.',
        environment: options['environment'] as string | undefined,
        nomad: options['nomad'] as string | undefined,
      },
      io,
    );
  },
};
