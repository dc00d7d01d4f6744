import { Option } from 'commander';
import { mergeDiagnostics } from '../compile/merge-diagnostics.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { CompiledSource } from '../reconcile/compile-source.ts';
import type { DiagnosticFormat } from '../report/format-diagnostics.ts';
import { chosenEnvironment } from './chosen-environment.ts';
import type { Verb } from './verb.ts';

/** `drover validate`: all findings about a definitions folder, at once. */
export const validateVerb: Verb = {
  usage: 'validate [dir]',
  summary: 'Check definitions and show every finding',
  examples: [
    'drover validate',
    'drover validate fleet --environment prod --strict',
    'drover validate --base origin/main',
    'drover validate --format json | jq ".[].code"',
    'drover validate --format sarif > drover.sarif',
    'drover validate --programs',
  ],
  options(command) {
    command
      .option('--environment <name>', 'only findings of this environment')
      .option('--at <revision>', 'a commit instead of the files in the folder')
      .option(
        '--base <revision>',
        'judge by tenants and policies of this commit too, as a pull request into it is',
      )
      .option('--strict', 'warnings fail too', false)
      .option(
        '--programs',
        'ask consul, nomad, promtool and nginx about their configuration files, and nomad about every job',
        false,
      )
      .option('--nomad <program>', 'nomad program that parses HCL (default: DROVER_NOMAD, then PATH)')
      .addOption(
        new Option('--format <format>').choices(['text', 'json', 'sarif', 'github']).default('text'),
      );
  },
  async run([dir], options, io) {
    const [
      { openFiles },
      { openParser, openPrograms },
      { compileSource },
      { findingsText },
      { checkedWords },
      { judgeByBase },
      { folderNamed },
    ] = await Promise.all([
      import('./open-files.ts'),
      import('./open-source.ts'),
      import('../reconcile/compile-source.ts'),
      import('./print-findings.ts'),
      import('./checked-words.ts'),
      import('./judge-by-base.ts'),
      import('./folder-named.ts'),
    ]);
    const source = await openFiles(dir ?? '.', options['at'] as string | undefined, io);
    const ports = await openParser(options['nomad'] as string | undefined, io);
    const configChecker =
      options['programs'] === true
        ? await openPrograms(options['nomad'] as string | undefined, io)
        : undefined;
    const base = options['base'] as string | undefined;
    // What both have alike is parsed once.
    const memo = base === undefined ? {} : { parsedFiles: new Map() };
    const own = await compileSource({ ...ports, ...memo, configChecker }, source, io.signal);
    const compiled =
      base === undefined
        ? own
        : await judgeByBase(own, { directory: dir ?? '.', base, ports: { ...ports, ...memo } }, io);
    const { diagnostics, project } = compiled;
    const asked = options['environment'] as string | undefined;
    const environment =
      asked === undefined ? undefined : chosenEnvironment(asked, [...project.environments.keys()]);
    const shown = environment === undefined ? diagnostics : findingsOf(compiled, environment);
    const format = options['format'] as DiagnosticFormat;
    const checked = checkedWords(compiled, { environment, base });
    const folder = await folderNamed(dir ?? '.', options, io);
    io.out(findingsText(shown, source, { format, checked, waived: compiled.waived, folder }));
    const worst = shown.some(
      ({ severity }) => severity === 'error' || (severity === 'warning' && options['strict'] === true),
    );
    return worst ? 1 : 0;
  },
};

/** Also what several environments share, and what holds before there is any. */
function findingsOf(compiled: CompiledSource, environment: string): readonly Diagnostic[] {
  return mergeDiagnostics(compiled.diagnosticsByEnvironment.get(environment) ?? compiled.diagnostics);
}
