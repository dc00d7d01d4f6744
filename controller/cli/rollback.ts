import type { Refusal } from '../http/create-server.ts';
import { UsageError } from '../model/errors.ts';
import { errorText } from './error-text.ts';
import type { CliIo } from './io.ts';
import type { Verb } from './verb.ts';

/** `drover rollback`: the tree of an earlier live commit as a proposal, through the same checks. */
export const rollbackVerb: Verb = {
  usage: 'rollback <environment>',
  summary: 'Propose the tree of an earlier live commit, or release a rollback',
  examples: [
    'drover rollback prod --to 4f1c9a2 --reason "errors since 14:00"',
    'drover rollback prod --release',
  ],
  options(command) {
    command
      .option('--to <commit>', 'the live commit to go back to (full or at least 7 digits)')
      .option('--reason <text>', 'why; shown on the pull request', '')
      .option('--release', 'end the rollback: proposals follow the definitions again', false)
      .option('--config <file>', "the controller's config file");
  },
  async run([environment], options, io) {
    const [{ openConfig }, { callController, controlSocket }] = await Promise.all([
      import('./open-config.ts'),
      import('./control-socket.ts'),
    ]);
    const isRelease = options['release'] === true;
    if (isRelease === (options['to'] !== undefined)) {
      throw new UsageError('give exactly one of --to and --release');
    }
    const config = await openConfig(options['config'] as string | undefined, io);
    const verb = isRelease ? 'release' : 'rollback';
    const reply = await callController(
      controlSocket(config.dataDirectory),
      {
        method: 'POST',
        path: `/api/v1/environments/${encodeURIComponent(environment ?? '')}/${verb}`,
        body: { to: options['to'], reason: options['reason'], by: callerOf(io) },
      },
      io.signal,
    );
    const answer = (reply.body ?? {}) as Partial<Refusal> & { readonly message?: string };
    if (reply.status !== 200) {
      const { error = `the controller answered ${reply.status}`, code, hint } = answer;
      io.err(errorText({ code, message: error, hint }));
      return code === 'DRV9008' ? 2 : 1;
    }
    io.out(`${answer.message ?? 'done'}\n`);
    return 0;
  },
};

/** For people to read; who may ask is decided by the socket's permissions. */
function callerOf({ env }: CliIo): string {
  return env['SUDO_USER'] ?? env['USER'] ?? env['LOGNAME'] ?? `uid ${process.getuid?.() ?? 'unknown'}`;
}
