import { copyFile, mkdir, readdir } from 'node:fs/promises';
import { build } from 'esbuild';

const out = process.argv[2] ?? 'dist';

/**
 * The program for installations, run by Node >= 24: `drover.mjs` with its parts, and `revert-timer.mjs`, which the agent starts
 * as a process of its own and looks for beside itself. Verbs load only the parts that they need.
 */
await build({
  entryPoints: { drover: 'controller/main.ts', 'revert-timer': 'controller/node/revert-timer.ts' },
  outdir: out,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  splitting: true,
  chunkNames: '[name]-[hash]',
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
await mkdir(`${out}/examples`, { recursive: true });
for (const kind of await readdir('controller/kinds', { withFileTypes: true })) {
  const example = `controller/kinds/${kind.name}/example.yaml`;
  if (kind.isDirectory()) {
    await copyFile(example, `${out}/examples/${kind.name}.yaml`).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
    });
  }
}
