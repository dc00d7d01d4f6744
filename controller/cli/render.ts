import { mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { UsageError } from '../model/errors.ts';
import type { FileTree } from '../model/tree.ts';
import type { CliIo, ExitCode } from './io.ts';
import type { Verb } from './verb.ts';

/** `drover render`: the tree that the controller would commit, byte for byte, offline. */
export const renderVerb: Verb = {
  usage: 'render [dir]',
  summary: 'Write the rendered tree of one environment',
  examples: [
    'drover render --environment prod --out /tmp/prod',
    'drover render fleet --environment prod --at main --repo-url https://git.example/acme/fleet.git --out out',
  ],
  options(command) {
    command
      .option('--environment <name>', 'the environment; may be left out where there is one')
      .requiredOption('--out <folder>', 'an empty or new folder')
      .option('--at <revision>', 'a commit instead of the files in the folder')
      .option('--repo-url <url>', 'repository URL for hydrator.metadata', '')
      .option('--nomad <program>', 'nomad program that parses HCL (default: DROVER_NOMAD, then PATH)');
  },
  async run([dir], options, io) {
    const { renderSource } = await import('./render-source.ts');
    const rendered = await renderSource(
      {
        directory: dir ?? '.',
        environment: options['environment'] as string | undefined,
        at: options['at'] as string | undefined,
        repoUrl: options['repoUrl'] as string,
        nomad: options['nomad'] as string | undefined,
      },
      io,
    );
    if (!rendered.ok) return rendered.exitCode;
    return writeTree(rendered.tree, path.resolve(io.cwd, options['out'] as string), io);
  },
};

async function writeTree(tree: FileTree, out: string, io: CliIo): Promise<ExitCode> {
  await mkdir(out, { recursive: true });
  if ((await readdir(out)).length > 0) {
    throw new UsageError(`${out} is not empty`, { hint: 'Give a new folder: nothing is ever overwritten.' });
  }
  for (const [name, bytes] of tree) {
    const file = path.join(out, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, bytes);
  }
  io.err(`${tree.size} files written to ${out}\n`);
  return 0;
}
