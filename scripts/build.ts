import { build } from 'esbuild';

/** The program as one file for installations: `dist/drover.mjs`, run by Node >= 24. */
await build({
  entryPoints: ['controller/main.ts'],
  outfile: 'dist/drover.mjs',
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  legalComments: 'linked',
  banner: {
    js: "#!/usr/bin/env node\nimport { createRequire as __createRequire } from 'node:module';\nconst require = __createRequire(import.meta.url);",
  },
  logLevel: 'info',
});
