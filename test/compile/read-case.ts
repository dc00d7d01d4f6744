import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { compileProject } from '../../controller/compile/compile-project.ts';
import type { Diagnostic } from '../../controller/model/diagnostic.ts';
import type { SourceTree } from '../../controller/model/source.ts';
import { checkEnvironments } from '../../controller/reconcile/check-environments.ts';
import { sourceOf } from './source-of.ts';

/** A folder on disk as a source tree; `expected.txt` is the test's own. */
export function readCase(directory: string): SourceTree {
  const paths = readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'expected.txt')
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)));
  return sourceOf(Object.fromEntries(paths.map((path) => [path, readFileSync(join(directory, path))])));
}

/** The folder of mistakes with the files of its good twin laid over it. */
export function readTwin(bad: string, good: string): SourceTree {
  const corrected = readCase(good).files;
  const paths = new Set(corrected.map(({ path }) => path));
  const kept = readCase(bad).files.filter(({ path }) => !paths.has(path));
  return sourceOf(Object.fromEntries([...kept, ...corrected].map(({ path, bytes }) => [path, bytes])));
}

/** Everything that is found in a source without Nomad's parser, on a day of June 2026. */
export function findingsOf(source: SourceTree, droverVersion = '0.4.0'): readonly Diagnostic[] {
  const project = compileProject(source, { droverVersion });
  const options = { today: '2026-06-15' };
  return checkEnvironments(project, source, { parsed: new Map(), options }).diagnostics;
}

/** `DRV0102 base/a.yaml:5:3` */
export function briefly({ code, span }: Diagnostic): string {
  return `${code} ${span.path}:${span.line}:${span.column}`;
}
