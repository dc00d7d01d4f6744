import { UsageError } from '../model/errors.ts';
import type { Verb } from './verb.ts';

const collect = (value: string, before: readonly string[]) => [...before, ...value.split(',')];

/** `drover import`: definitions for what runs already. Reads only; the first plan after it is empty. */
export const importVerb: Verb = {
  usage: 'import [dir]',
  summary: 'Write definitions for what runs in a cluster',
  examples: [
    'drover import fleet --nomad http://127.0.0.1:4646',
    'drover import --environment prod --nomad https://nomad.acme.example:4646 --nomad-token-file nomad.token --report import.md',
    'drover import --consul http://127.0.0.1:8500 --kv-prefix shop/ --vault http://127.0.0.1:8200',
    'drover import --compare --nomad http://127.0.0.1:4646',
  ],
  options(command) {
    command
      .option('--nomad <url>', 'address of Nomad')
      .option('--consul <url>', 'address of Consul')
      .option('--vault <url>', 'address of Vault')
      .option('--nomad-token-file <file>', 'file with a token (default: the variable NOMAD_TOKEN)')
      .option('--consul-token-file <file>', 'file with a token (default: the variable CONSUL_HTTP_TOKEN)')
      .option('--vault-token-file <file>', 'file with a token (default: the variable VAULT_TOKEN)')
      .option('--environment <name>', 'the environment that runs there (default: the only one, else dev)')
      .option('--namespaces <names>', 'only jobs of these Nomad namespaces', collect, [])
      .option('--kv-prefix <prefix>', 'Consul keys below it; may be repeated', collect, [])
      .option('--report <file>', 'write the whole report as Markdown')
      .option('--compare', 'write nothing: show how what is declared differs from what runs', false)
      .option('--force', 'write over files of an earlier import', false)
      .option(
        '--nomad-program <program>',
        'nomad program that parses HCL (default: DROVER_NOMAD, then PATH)',
      );
  },
  async run([dir], options, io) {
    const { importCluster } = await import('./import-cluster.ts');
    const text = (name: string) => options[name] as string | undefined;
    const prefixes = options['kvPrefix'] as readonly string[];
    const addresses = { nomad: text('nomad'), consul: text('consul'), vault: text('vault') };
    if (Object.values(addresses).every((address) => address === undefined)) {
      throw new UsageError('there is nothing to import from', {
        hint: 'Give an address with --nomad, --consul or --vault.',
      });
    }
    if (prefixes.length > 0 && addresses.consul === undefined) {
      throw new UsageError('--kv-prefix is about Consul', { hint: 'Give its address with --consul.' });
    }
    const request = {
      directory: dir ?? '.',
      environment: text('environment'),
      addresses,
      tokenFiles: {
        nomad: text('nomadTokenFile'),
        consul: text('consulTokenFile'),
        vault: text('vaultTokenFile'),
      },
      namespaces: options['namespaces'] as readonly string[],
      kvPrefixes: prefixes.map((prefix) => (prefix.endsWith('/') ? prefix : `${prefix}/`)),
      report: text('report'),
      force: options['force'] === true,
      nomadProgram: text('nomadProgram'),
    };
    if (options['compare'] !== true) return importCluster(request, io);
    if (request.force || request.report !== undefined || prefixes.length + request.namespaces.length > 0) {
      throw new UsageError('--compare is about what is declared, all of it, and writes nothing', {
        hint: 'Leave out --force, --report, --kv-prefix and --namespaces.',
      });
    }
    const { compareRunning } = await import('./compare-running.ts');
    return compareRunning(request, io);
  },
};
