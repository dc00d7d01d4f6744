import { UsageError } from '../model/errors.ts';
import type { CliIo, ExitCode } from './io.ts';
import type { Verb } from './verb.ts';

/** `drover explain`: a kind and its fields, the code of a finding, or which layer set a field. */
export const explainVerb: Verb = {
  usage: 'explain [topic]',
  summary: 'Tell what a kind, a field or a code is, or which layer set a field',
  examples: [
    'drover explain',
    'drover explain Server.interfaces.address',
    'drover explain NomadJob --recursive',
    'drover explain DRV0551',
    'drover explain --where job/shop/web.env.LOG_LEVEL --environment dev',
  ],
  options(command) {
    command
      .option('--recursive', 'the fields inside fields too', false)
      .option('--where <field>', 'which layer set it: kind/[namespace/]name.field')
      .option('--environment <name>', 'with --where: only this environment')
      .option('--dir <folder>', 'with --where: the definitions', '.');
  },
  async run([topic], options, io) {
    const where = options['where'] as string | undefined;
    if (where === undefined) return explainTopic(topic, options['recursive'] === true, io);
    const { explainWhere } = await import('./explain-where.ts');
    return explainWhere(
      {
        field: where,
        directory: options['dir'] as string,
        environment: options['environment'] as string | undefined,
      },
      io,
    );
  },
};

async function explainTopic(topic: string | undefined, isRecursive: boolean, io: CliIo): Promise<ExitCode> {
  const [{ explainKind, kindsText }, { kinds }, { requireKind }] = await Promise.all([
    import('../edit/explain-kind.ts'),
    import('../kinds/index.ts'),
    import('./require-kind.ts'),
  ]);
  if (topic === undefined) {
    io.out(kindsText([...kinds.values()]));
    return 0;
  }
  if (/^drv\d/i.test(topic)) {
    io.out(await codeText(topic));
    return 0;
  }
  const [word = '', ...path] = topic.replaceAll('[]', '').split('.');
  const explained = explainKind(requireKind(word), path, { isRecursive });
  if (!explained.ok) {
    throw new UsageError(explained.problem, explained.hint === undefined ? {} : { hint: explained.hint });
  }
  io.out(explained.text);
  return 0;
}

async function codeText(code: string): Promise<string> {
  const [{ explainCode }, { diagnosticCodes }] = await Promise.all([
    import('../edit/explain-code.ts'),
    import('../diagnostic-codes.ts'),
  ]);
  const text = explainCode(code, diagnosticCodes);
  if (text !== undefined) return text;
  throw new UsageError(`there is no finding ${code}`, {
    hint: 'docs/diagnostics.md lists all of them; DRV9… are errors about the world.',
  });
}
