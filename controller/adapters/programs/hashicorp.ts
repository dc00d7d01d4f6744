import type { ConfigProblem, ConfigToCheck } from '../../model/program-config.ts';
import { type Form, sentence, textOf } from './form.ts';

/** A file of nothing but the one setting that both refuse to be without: it may be said outside of Drover. */
function withDataDirectory(files: ConfigToCheck['files'], folder: string): ConfigToCheck['files'] {
  const isSaid = [...files.values()].some((bytes) => textOf(bytes).includes('data_dir'));
  if (isSaid) return files;
  const path = `${folder}/drover-data-dir.json`;
  return new Map([...files, [path, new TextEncoder().encode('{"data_dir": "/var/lib/drover-check"}')]]);
}

/** `* message` lines are the single problems; without any the whole is one. */
function itemsOf(text: string): readonly string[] {
  const items = text.split('\n').flatMap((line) => /^\s*\* (.+)$/.exec(line)?.[1] ?? []);
  return items.length > 0 ? items : [text];
}

/** HCL names places as `At 3:12: …`. */
function placed(message: string, path: string | undefined): ConfigProblem {
  const line = /\bAt (\d+):\d+: /.exec(message)?.[1];
  return {
    ...(path === undefined ? {} : { path }),
    ...(line === undefined ? {} : { line: Number(line) }),
    message: sentence(message.replace(/\bAt \d+:\d+: /, '')),
  };
}

/** `consul validate FOLDER`. It reads no other files; templates of addresses would ask this machine's interfaces. */
export const consulForm: Form = {
  program: 'consul',
  versionArgs: ['version'],
  args: (entries) => ['validate', ...entries],
  confine: (files) =>
    [...files.values()].some((bytes) => textOf(bytes).includes('{{'))
      ? undefined
      : withDataDirectory(files, '/etc/consul.d'),
  problems(output) {
    const said = output.split('Config validation failed: ')[1];
    if (said === undefined) return [];
    const [, path, rest = said] = /^failed to parse (\S+): (.*)$/s.exec(said.trim()) ?? [];
    return itemsOf(rest).map((item) => placed(item, path));
  },
};

/** `nomad config validate FOLDER`. */
export const nomadForm: Form = {
  program: 'nomad',
  versionArgs: ['version'],
  args: (entries) => ['config', 'validate', ...entries],
  confine: (files) => withDataDirectory(files, '/etc/nomad.d'),
  problems: (output) => {
    const said = output
      .split('\n')
      .filter(
        (line) => line.trim() !== '' && !line.startsWith('WARNING') && !/errors? occurred:$/.test(line),
      );
    return said.length === 0 ? [] : itemsOf(said.join('\n')).map(nomadProblem);
  },
};

function nomadProblem(item: string): ConfigProblem {
  const message = item.trim().replace(/^Error loading configuration from \S+: /, '');
  const [, path, rest = message] = /^Error loading (\S+): (.*)$/s.exec(message) ?? [];
  return placed(rest.replace(/^failed to decode HCL file \S+: /, ''), path);
}
