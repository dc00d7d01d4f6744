import type { Fleet } from '../../kinds/kind.ts';
import type { Diagnostic, Span } from '../../model/diagnostic.ts';
import type { CodeEntry } from '../../model/diagnostic-code.ts';
import { findingOf } from '../../model/diagnostic-code.ts';
import type { ConfigProblem, ConfigVerdict, ServerConfigForm } from '../../model/program-config.ts';
import { machineCodes } from './machine-codes.ts';
import { placeInText } from './place-in-text.ts';
import type { ProgramConfig } from './program-configs.ts';
import { wordInSource } from './word-in-source.ts';

const entries: Readonly<Record<ServerConfigForm, { readonly entry: CodeEntry; readonly program: string }>> = {
  consul: { entry: machineCodes.consulRefuses, program: 'consul validate' },
  nomad: { entry: machineCodes.nomadRefuses, program: 'nomad config validate' },
  prometheus: { entry: machineCodes.prometheusRefuses, program: 'promtool check config' },
  'prometheus-rules': { entry: machineCodes.prometheusRefuses, program: 'promtool check rules' },
  nginx: { entry: machineCodes.nginxRefuses, program: 'nginx -t' },
};

/** What programs said of their files, at the places that say them; the same of many servers is told of the first. */
export function programFindings(
  fleet: Fleet,
  judged: readonly { readonly asked: ProgramConfig; readonly verdict: ConfigVerdict | undefined }[],
): readonly Diagnostic[] {
  const told = new Map<string, Diagnostic>();
  for (const { asked, verdict } of judged) {
    if (verdict === undefined || verdict.ok) continue;
    for (const problem of verdict.problems) {
      const key = `${asked.config.form} ${problem.path} ${problem.line} ${problem.message}`;
      const [finding] = told.has(key) ? [] : place(fleet, asked, problem);
      if (finding !== undefined) told.set(key, finding);
    }
  }
  return [...told.values()];
}

/** A problem of no named file is told at the first that the program reads. */
function place(
  fleet: Fleet,
  { config, texts }: ProgramConfig,
  { path, line, message }: ConfigProblem,
): readonly Diagnostic[] {
  const text = texts.find((candidate) => candidate.path === path) ?? texts[0];
  if (text === undefined) return [];
  const { entry, program } = entries[config.form];
  const field = placeInText(fleet, text, line);
  const sources = [text.source ?? field.path, text.config.path];
  return [
    findingOf(entry, {
      span: (line === undefined ? wordInSources(fleet, sources, message) : undefined) ?? field,
      message: `${program} refuses ${path ?? config.entries[0]}: ${message}`,
      environment: fleet.environment.name,
    }),
  ];
}

/** Where the text itself is, or where the definition was first declared: a patch of it may say nothing of the matter. */
function wordInSources(fleet: Fleet, paths: readonly string[], message: string): Span | undefined {
  for (const path of new Set(paths)) {
    const span = wordInSource(fleet, path, message);
    if (span !== undefined) return span;
  }
  return undefined;
}
