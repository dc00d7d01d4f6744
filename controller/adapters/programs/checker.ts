import { access, constants, mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, isAbsolute, join, normalize } from 'node:path';
import type { ConfigForm, ConfigToCheck, ConfigVerdict } from '../../model/program-config.ts';
import type { ConfigChecker } from '../../ports/config-checker.ts';
import { type ProgramEnd, runProgram } from '../run-program.ts';
import type { Form } from './form.ts';
import { consulForm, nomadForm } from './hashicorp.ts';
import { nginxForm } from './nginx.ts';
import { nomadJobForm } from './nomad-job.ts';
import { prometheusForm, rulesForm } from './prometheus.ts';
import { testsForm } from './prometheus-tests.ts';

export interface ProgramCheckerOptions {
  /** Folders that programs are looked for in, as PATH is written. */
  readonly searchPath: string;
  /** Absolute paths of programs that are not to be looked for, by name. */
  readonly binaries?: Readonly<Record<string, string>>;
  readonly timeoutMs?: number;
}

const maxOutputBytes = 1024 * 1024;

const forms: Readonly<Record<ConfigForm, Form>> = {
  consul: consulForm,
  nomad: nomadForm,
  prometheus: prometheusForm,
  'prometheus-rules': rulesForm,
  nginx: nginxForm,
  'nomad-job': nomadJobForm,
  'prometheus-tests': testsForm,
};

/**
 * Lays the files below an empty folder and asks the program that will read them on the server: with an empty environment, a
 * deadline and bounded output. A program that is not here judges nothing.
 */
export function createProgramChecker(options: ProgramCheckerOptions): ConfigChecker {
  const { timeoutMs = 10_000 } = options;
  const binaries = new Map<string, Promise<string | undefined>>();
  const versions = new Map<string, Promise<string | undefined>>();

  const binaryOf = (program: string): Promise<string | undefined> => {
    const known = binaries.get(program) ?? findProgram(program, options);
    binaries.set(program, known);
    return known;
  };
  const askVersion = async ({ program, versionArgs }: Form, signal: AbortSignal) => {
    const binary = await binaryOf(program);
    if (binary === undefined) return undefined;
    const call = { binary, args: versionArgs, cwd: tmpdir(), timeoutMs, maxOutputBytes };
    const end = await runProgram(call, signal);
    return end.ended && end.code === 0 ? outputOf(end).trim().split('\n', 1)[0] : undefined;
  };

  return {
    async version(form, signal) {
      const { program } = forms[form];
      const known = versions.get(program) ?? askVersion(forms[form], signal);
      versions.set(program, known);
      known.catch(() => versions.delete(program));
      return known;
    },
    async check(config, signal) {
      const form = forms[config.form];
      const binary = await binaryOf(form.program);
      if (binary === undefined) return undefined;
      // The real path: programs print it, and it is cut out of what they print.
      const root = await realpath(await mkdtemp(join(tmpdir(), 'drover-config-')));
      try {
        const files = form.confine(config.files, root);
        if (files === undefined || !(await layOut(root, files))) return undefined;
        const entries = config.entries.map((entry) => join(root, entry));
        const call = { binary, args: form.args(entries, root), cwd: root, timeoutMs, maxOutputBytes };
        return verdictOf(form, config, { root, end: await runProgram(call, signal) });
      } finally {
        await rm(root, { recursive: true, force: true });
      }
    },
  };
}

function verdictOf(
  form: Form,
  config: ConfigToCheck,
  { root, end }: { root: string; end: ProgramEnd },
): ConfigVerdict | undefined {
  if (!end.ended) return undefined;
  const output = outputOf(end);
  if (end.code === 0 || form.accepts?.(output) === true) return { ok: true };
  const problems = form.problems(output.replaceAll(root, ''));
  // Without a word about the files it is this machine that the program did not like.
  if (problems.length === 0) return undefined;
  const isKnown = (path: string | undefined) => path !== undefined && config.files.has(path);
  return {
    ok: false,
    problems: problems.map(({ path, ...rest }) => (isKnown(path) ? { ...rest, path: path ?? '' } : rest)),
  };
}

function outputOf({ stdout, stderr }: Extract<ProgramEnd, { ended: true }>): string {
  return `${stdout}\n${stderr}`;
}

/** False when a path would leave the folder: then nothing is laid. */
async function layOut(root: string, files: ConfigToCheck['files']): Promise<boolean> {
  const isInside = (path: string) => isAbsolute(path) && normalize(path) === path;
  if (![...files.keys()].every(isInside)) return false;
  for (const [path, bytes] of files) {
    await mkdir(join(root, dirname(path)), { recursive: true });
    await writeFile(join(root, path), bytes, { mode: 0o600 });
  }
  return true;
}

async function findProgram(
  name: string,
  { searchPath, binaries = {} }: ProgramCheckerOptions,
): Promise<string | undefined> {
  const given = Object.hasOwn(binaries, name) ? binaries[name] : undefined;
  const folders = searchPath.split(delimiter).filter(isAbsolute);
  const candidates = given === undefined ? folders.map((folder) => join(folder, name)) : [given];
  for (const file of candidates) {
    const isThere = await access(file, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (isThere) return file;
  }
  return undefined;
}
