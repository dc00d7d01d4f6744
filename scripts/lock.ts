import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type LockFile, stubLock } from './stub-lock.ts';

const file = path.join(import.meta.dirname, '..', 'package-lock.json');
const before = await readFile(file, 'utf8');
const after = `${JSON.stringify(stubLock(JSON.parse(before) as LockFile), null, 2)}\n`;
if (after === before) console.log('package-lock.json is complete');
else {
  await writeFile(file, after);
  console.log('package-lock.json: completed for other platforms');
}
