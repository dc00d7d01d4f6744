import { ensureTools, toolNames } from './index.ts';

const startedAt = Date.now();
const tools = await ensureTools(toolNames, { log: (line) => console.error(`toolchain  ${line}`) }).catch(
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
for (const { name, version, from, binary } of tools) {
  console.log(`${name.padEnd(14)} ${version.padEnd(8)} ${from.padEnd(6)} ${binary}`);
}
console.log(`${tools.length} components in ${((Date.now() - startedAt) / 1000).toFixed(1)} s`);
