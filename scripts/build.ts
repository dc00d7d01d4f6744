import { copyFile, mkdir, readdir } from 'node:fs/promises';
import { build } from 'esbuild';

/**
 * The program for installations, run by Node >= 24: `dist/drover.mjs`, and `dist/revert-timer.mjs`, which the agent starts
 * as a process of its own and looks for beside itself.
 */
await build({
  entryPoints: { drover: 'controller/main.ts', 'revert-timer': 'controller/node/revert-timer.ts' },
  outdir: 'dist',
  outExtension: { '.js': '.mjs' },
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  legalComments: 'linked',
  banner: {
    js: [
      '#!/usr/bin/env node',
      "import { createRequire as createRequireOfBundle } from 'node:module';",
      'const require = createRequireOfBundle(import.meta.url);',
    ].join('\n'),
  },
  logLevel: 'info',
});

// What `drover new` begins with.
await mkdir('dist/examples', { recursive: true });
for (const kind of await readdir('controller/kinds', { withFileTypes: true })) {
  const example = `controller/kinds/${kind.name}/example.yaml`;
  if (kind.isDirectory()) {
    await copyFile(example, `dist/examples/${kind.name}.yaml`).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
    });
  }
}
