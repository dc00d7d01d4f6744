import type { ConfigProblem, ConfigToCheck } from '../../model/program-config.ts';
import { type Form, sentence, textOf } from './form.ts';

/**
 * Ways to spell a path that the rewriting would not see: escapes and tags of YAML, and the way up. promtool quotes what it can't
 * read, so it must never be led to a file of this machine.
 */
const evasive = /\\[xuU/]|!!|!<|^%|\.\.(?:\/|["'\s]|$)/m;

/** Every absolute path is led below the root; other texts that begin with a slash stay as well-formed as they were. */
function confine(files: ConfigToCheck['files'], root: string): ConfigToCheck['files'] | undefined {
  const laid = [...files].map(([path, bytes]) => [path, textOf(bytes)] as const);
  if (laid.some(([, text]) => evasive.test(text))) return undefined;
  return new Map(
    laid.map(([path, text]) => [
      path,
      new TextEncoder().encode(text.replaceAll(/(^|[\s"'[,{:=-])\/(?=[^\s/])/gm, `$1${root}/`)),
    ]),
  );
}

/** What is not in the definitions, such as a certificate that another brings, says nothing about them. */
const aboutThisMachine = /no such file|does not exist|not a directory|permission denied|unable to read/i;

function problems(output: string): readonly ConfigProblem[] {
  const found: ConfigProblem[] = [];
  let path: string | undefined;
  for (const raw of output.split('\n')) {
    const line = raw.replace(/^\s*FAILED:/, '').trim();
    path = /parsing YAML file (\S+):/.exec(line)?.[1] ?? /^Checking (\S+)$/.exec(line)?.[1] ?? path;
    const problem = problemIn(line, path);
    if (problem !== undefined && !aboutThisMachine.test(problem.message)) found.push(problem);
  }
  return found;
}

/** `FILE: 5:15: message`, or `line 5: message` below or behind the name of the file. */
function problemIn(line: string, path: string | undefined): ConfigProblem | undefined {
  const rule = /^(\/\S+): (\d+):\d+: (.+)$/.exec(line);
  if (rule !== null) return { path: rule[1] ?? '', line: Number(rule[2]), message: sentence(rule[3] ?? '') };
  const at = /(?:^|yaml: )line (\d+): (.+)$/.exec(line);
  const here = path === undefined ? {} : { path };
  if (at !== null) return { ...here, line: Number(at[1]), message: sentence(at[2] ?? '') };
  const isHeading = line === '' || line.startsWith('Checking ') || /SUCCESS|errors:$/.test(line);
  return isHeading ? undefined : { ...here, message: sentence(line.replace(/^parsing YAML file \S+: /, '')) };
}

const promtool = { program: 'promtool', versionArgs: ['--version'], confine, problems } as const;

export const prometheusForm: Form = { ...promtool, args: (entries) => ['check', 'config', ...entries] };

export const rulesForm: Form = { ...promtool, args: (entries) => ['check', 'rules', ...entries] };
