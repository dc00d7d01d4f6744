import { enableCompileCache } from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { cacheFolder } from './cache-folder.ts';
import { verbs } from './cli/verbs.ts';
import { runProcess } from './run-process.ts';

// In a folder of the user's own: what lies in a shared one could be somebody else's code.
enableCompileCache(join(cacheFolder(process.env, homedir()), 'compile'));

await runProcess(process.argv.slice(2), verbs);
