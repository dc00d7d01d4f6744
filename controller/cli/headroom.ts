import { Option } from 'commander';
import type { PoolHeadroom } from '../analyse/placement/headroom.ts';
import { UsageError } from '../model/errors.ts';
import type { Verb } from './verb.ts';

/** `drover headroom`: how much room the servers leave beside what runs all the time. */
export const headroomVerb: Verb = {
  usage: 'headroom [dir]',
  summary: 'Show how much room jobs leave on their servers',
  examples: ['drover headroom', 'drover headroom fleet --environment prod', 'drover headroom --format json'],
  options(command) {
    command
      .option('--environment <name>', 'only this environment')
      .option('--at <revision>', 'a commit instead of the files in the folder')
      .option('--nomad <program>', 'nomad program that parses HCL (default: DROVER_NOMAD, then PATH)')
      .addOption(new Option('--format <format>').choices(['text', 'json']).default('text'));
  },
  async run([dir], options, io) {
    const [{ openParser, openSource }, { compileSource }, { headroom }] = await Promise.all([
      import('./open-source.ts'),
      import('../reconcile/compile-source.ts'),
      import('../analyse/placement/headroom.ts'),
    ]);
    const opened = await openSource(dir ?? '.', options['at'] as string | undefined, io);
    const ports = await openParser(options['nomad'] as string | undefined, io);
    const { fleets } = await compileSource(ports, opened.source, io.signal);
    const environment = options['environment'] as string | undefined;
    if (environment !== undefined && !fleets.has(environment)) {
      throw new UsageError(`there is no environment ${environment} that compiles`, {
        hint: `There are: ${[...fleets.keys()].join(', ')}.`,
      });
    }
    const wanted = [...fleets].filter(([name]) => environment === undefined || name === environment);
    const pools = wanted.map(([name, fleet]) => ({ environment: name, pools: headroom(fleet) }));
    io.out(options['format'] === 'json' ? `${JSON.stringify(pools, undefined, 2)}\n` : await textOf(pools));
    return 0;
  },
};

interface Room {
  readonly environment: string;
  readonly pools: readonly PoolHeadroom[] | undefined;
}

async function textOf(rooms: readonly Room[]): Promise<string> {
  const { headroomText } = await import('./headroom-text.ts');
  return rooms
    .map(({ environment, pools }) => {
      const table =
        pools === undefined
          ? 'no NomadCluster with clients is declared, so nothing is known of their room\n'
          : headroomText(pools);
      return `${environment}\n${table}`;
    })
    .join('\n');
}
