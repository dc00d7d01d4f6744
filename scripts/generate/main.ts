import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generatedFiles, repositoryRoot } from './generated-files.ts';

/** Writes crds/, docs/kinds/ and docs/diagnostics.md anew from the kinds and the codes of findings. */
const files = await generatedFiles();
for (const [path, text] of files) await writeFile(join(repositoryRoot, path), text);
console.log(`${files.size} files written to crds/ and docs/`);
