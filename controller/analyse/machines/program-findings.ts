import type { Fleet } from '../../kinds/kind.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { CodeEntry } from '../../model/diagnostic-code.ts';
import { findingOf } from '../../model/diagnostic-code.ts';
import type { ConfigForm, ConfigProblem, ConfigVerdict } from '../../model/program-config.ts';
import { machineCodes } from './machine-codes.ts';
import { placeInText } from './place-in-text.ts';
import type { ProgramConfig } from './program-configs.ts';

const entries: Readonly<Record<ConfigForm, { readonly entry: CodeEntry; readonly program: string }>> = {
  consul: { entry: machineCodes.consulRefuses, program: 'consul validate' },
  nomad: { entry: machineCodes.nomadRefuses, program: 'nomad config validate' },
  prometheus: { entry: machineCodes.prometheusRefuses, program: 'promtool check config' },
  'prometheus-rules': { entry: machineCodes.prometheusRefuses, program: 'promtool check rules' },
  nginx: { entry: machineCodes.nginxRefuses, program: 'nginx -t' },
};

/** What a program said of its files, at the places that say them. */
export function programFindings(
  fleet: Fleet,
  found: ProgramConfig,
  verdict: ConfigVerdict,
): readonly Diagnostic[] {
  if (verdict.ok) return [];
  return verdict.problems.flatMap((problem) => place(fleet, found, problem));
}

/** A problem of no named file is told at the first that the program reads. */
function place(
  fleet: Fleet,
  { server, config, texts }: ProgramConfig,
  { path, line, message }: ConfigProblem,
): readonly Diagnostic[] {
  const text = texts.find((candidate) => candidate.path === path) ?? texts[0];
  if (text === undefined) return [];
  const { entry, program } = entries[config.form];
  return [
    findingOf(entry, {
      span: placeInText(fleet, text, line),
      message: `${program} refuses ${path ?? config.entries[0]} of ${server}: ${message}`,
      environment: fleet.environment.name,
    }),
  ];
}
