import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';

const root = path.resolve(import.meta.dirname, '../..');

/**
 * `drover.blob` beside the bundle in the folder given: the memory of a process that has loaded and used the verbs of `entry.ts`,
 * for this very Node. A process starts from it in a third of the time that loading takes.
 */
const out = path.resolve(process.argv[2] ?? 'dist');
const script = path.join(out, 'snapshot.cjs');
const blob = path.join(out, 'drover.blob');

await build({
  entryPoints: [path.join(import.meta.dirname, 'entry.ts')],
  outfile: script,
  bundle: true,
  minifyWhitespace: true,
  platform: 'node',
  target: 'node24',
  // A snapshot is taken of a script, not of a module.
  format: 'cjs',
  define: { 'import.meta.dirname': '__dirname' },
  legalComments: 'none',
  logLevel: 'info',
});
await promisify(execFile)(process.execPath, ['--snapshot-blob', blob, '--build-snapshot', script], {
  cwd: root,
  timeout: 60_000,
});
await rm(script);
