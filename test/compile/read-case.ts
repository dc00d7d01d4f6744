import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { analyse } from '../../controller/analyse/analyse.ts';
import { compileProject } from '../../controller/compile/compile-project.ts';
import { createFleet } from '../../controller/compile/create-fleet.ts';
import { mergeDiagnostics } from '../../controller/compile/merge-diagnostics.ts';
import { type Diagnostic, hasErrors } from '../../controller/model/diagnostic.ts';
import type { SourceTree } from '../../controller/model/source.ts';
import { type Provenance, renderEnvironment } from '../../controller/render/render-environment.ts';
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

/** Everything that is found in a source without Nomad's parser. */
export function findingsOf(source: SourceTree, droverVersion = '0.4.0'): readonly Diagnostic[] {
  const { diagnostics, environments } = compileProject(source, { droverVersion });
  const found = [...environments.values()].flatMap((compiled) => {
    const { fleet, diagnostics: parsed } = createFleet(compiled, source, new Map());
    const own = [...compiled.diagnostics, ...parsed, ...analyse(fleet)];
    const isSound = !hasErrors([...diagnostics, ...own]);
    return isSound ? [...own, ...renderEnvironment(fleet, provenance(droverVersion)).diagnostics] : own;
  });
  return mergeDiagnostics([...diagnostics, ...found]);
}

function provenance(droverVersion: string): Provenance {
  const revision = { id: '0'.repeat(40), author: '', date: '1970-01-01T00:00:00Z', subject: '', body: '' };
  return { droverVersion, parserVersion: '', repoUrl: '', revision };
}

/** `DRV0102 base/a.yaml:5:3` */
export function briefly({ code, span }: Diagnostic): string {
  return `${code} ${span.path}:${span.line}:${span.column}`;
}
