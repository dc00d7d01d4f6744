import { Option } from 'commander';
import { UsageError } from '../model/errors.ts';
import type { EnvironmentView } from '../report/environment-view.ts';
import type { Verb } from './verb.ts';

/** `drover status`: what each environment runs, and why it is not ready. */
export const statusVerb: Verb = {
  usage: 'status',
  summary: 'Show environments, conditions and servers',
  examples: ['drover status', 'drover status --environment prod --format json'],
  options(command) {
    command
      .option('--environment <name>', 'only this environment')
      .option('--config <file>', "the controller's config file")
      .addOption(new Option('--format <format>').choices(['text', 'json']).default('text'));
  },
  async run(_args, options, io) {
    const [{ openConfig }, { readEnvironments }, { statusText }] = await Promise.all([
      import('./open-config.ts'),
      import('./read-environments.ts'),
      import('./status-text.ts'),
    ]);
    const config = await openConfig(options['config'] as string | undefined, io);
    const views = await readEnvironments(config, io);
    const wanted = options['environment'] as string | undefined;
    if (wanted !== undefined && !views.some(({ name }) => name === wanted)) {
      throw new UsageError(`there is no environment ${wanted}`, {
        hint: `The controller has: ${views.map(({ name }) => name).join(', ')}.`,
      });
    }
    const shown: readonly EnvironmentView[] = views.filter(
      (view) => wanted === undefined || view.name === wanted,
    );
    io.out(options['format'] === 'json' ? `${JSON.stringify(shown, undefined, 2)}\n` : statusText(shown));
    const isReady = shown.length > 0 && shown.every(({ conditions }) => conditions.some(isTrueReady));
    return isReady ? 0 : 1;
  },
};

function isTrueReady(condition: EnvironmentView['conditions'][number]): boolean {
  return condition.type === 'Ready' && condition.status === 'True';
}
