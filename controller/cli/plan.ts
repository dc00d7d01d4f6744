import { Option } from 'commander';
import { UsageError } from '../model/errors.ts';
import { isBrokenRule } from '../model/plan.ts';
import type { Verb } from './verb.ts';

/** `drover plan`: what the definitions would change against the live branch, offline. */
export const planVerb: Verb = {
  usage: 'plan [dir]',
  summary: 'Show what definitions would change against the live branch',
  examples: [
    'drover plan --environment prod',
    'drover plan --environment prod --at main --against origin/env/prod --format json',
    'drover plan fleet --environment prod --format markdown   # as the comment on the pull request',
  ],
  options(command) {
    command
      .option('--environment <name>', 'the environment; may be left out where there is one')
      .option('--at <revision>', 'a commit instead of the files in the folder')
      .option('--against <revision>', 'the live branch (default: origin/env/NAME, then env/NAME)')
      .option('--repo-url <url>', 'repository URL for hydrator.metadata', '')
      .option('--nomad <program>', 'nomad program that parses HCL (default: DROVER_NOMAD, then PATH)')
      .addOption(new Option('--format <format>').choices(['text', 'markdown', 'json']).default('text'));
  },
  async run([dir], options, io) {
    const [{ renderSource }, { planAgainst }, { planText }] = await Promise.all([
      import('./render-source.ts'),
      import('./plan-against.ts'),
      import('./plan-text.ts'),
    ]);
    const rendered = await renderSource(
      {
        directory: dir ?? '.',
        environment: options['environment'] as string | undefined,
        at: options['at'] as string | undefined,
        repoUrl: options['repoUrl'] as string,
        nomad: options['nomad'] as string | undefined,
      },
      io,
    );
    if (!rendered.ok) return rendered.exitCode;
    const { environment } = rendered;
    const against = options['against'] as string | undefined;
    const made = await planAgainst({ ...rendered, against }, io);
    if (made === undefined) {
      throw new UsageError(`no live branch of ${environment} was found`, {
        hint: `Fetch origin/env/${environment}, or name a commit with --against. Before the controller’s first run there is none: drover render shows what would be in it.`,
      });
    }
    const { format } = options;
    if (format === 'json') io.out(`${JSON.stringify(made.plan, undefined, 2)}\n`);
    else io.out(format === 'markdown' ? made.text : planText(made.plan));
    return made.plan.dangers.some(isBrokenRule) ? 1 : 0;
  },
};
