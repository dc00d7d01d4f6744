import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { analyse } from '../../controller/analyse/analyse.ts';
import { compileProject } from '../../controller/compile/compile-project.ts';
import { createFleet } from '../../controller/compile/create-fleet.ts';
import { mergeDiagnostics } from '../../controller/compile/merge-diagnostics.ts';
import type { Diagnostic } from '../../controller/model/diagnostic.ts';
import type { SourceTree } from '../../controller/model/source.ts';
import { sourceOf } from './source-of.ts';

/** A folder on disk as a source tree; `expected.txt` is the test's own. */
export function readCase(directory: string): SourceTree {
  const paths = readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'expected.txt')
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)));
  return sourceOf(Object.fromEntries(paths.map((path) => [path, readFileSync(join(directory, path))])));
}

/** Everything that is found in a source without Nomad's parser. */
export function findingsOf(source: SourceTree, droverVersion = '0.4.0'): readonly Diagnostic[] {
  const { diagnostics, environments } = compileProject(source, { droverVersion });
  const found = [...environments.values()].flatMap((compiled) => {
    const { fleet, diagnostics: parsed } = createFleet(compiled, source, new Map());
    return [...compiled.diagnostics, ...parsed, ...analyse(fleet)];
  });
  return mergeDiagnostics([...diagnostics, ...found]);
}

/** `DRV0102 base/a.yaml:5:3` */
export function briefly({ code, span }: Diagnostic): string {
  return `${code} ${span.path}:${span.line}:${span.column}`;
}
