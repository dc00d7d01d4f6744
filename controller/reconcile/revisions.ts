import type { ParseMemo } from '../compile/parse-file.ts';
import type { Fleet } from '../kinds/kind.ts';
import type { Revision } from '../model/source.ts';
import type { Clock } from '../ports/clock.ts';
import { readRevision } from '../source/read-revision.ts';
import { type CompiledSource, type CompilePorts, compileSource, dayOf } from './compile-source.ts';
import { compileAgain, type Rendered, renderChecked } from './render-checked.ts';
import type { Repository } from './repository.ts';

const keptRevisions = 8;
/** Whose fleets are compiled a second time, for all environments at once. */
const keptAgain = 2;
const mostParsedFiles = 50_000;

/** Compiled and rendered revisions by commit: what is the same commit is never worked out twice. */
export interface Revisions {
  compile(commit: string, signal: AbortSignal): Promise<CompiledSource>;
  /** Rendered and checked to be deterministic. Only for environments that compiled without errors. */
  render(commit: string, environment: string, signal: AbortSignal): Promise<Rendered>;
}

type RevisionPorts = CompilePorts &
  Pick<Repository, 'objects' | 'url'> & { readonly clock: Pick<Clock, 'now'> };

export function createRevisions(repository: RevisionPorts): Revisions {
  const parsedFiles: ParseMemo = new Map();
  const compiled = createLastFew<CompiledSource>(keptRevisions);
  const compiledAgain = createLastFew<ReadonlyMap<string, Fleet>>(keptAgain);
  const rendered = createLastFew<Rendered>(keptRevisions * 4);

  const compile = (commit: string, signal: AbortSignal) =>
    // Waivers end with a day, and so does what was found under them.
    compiled(`${commit} ${dayOf(repository.clock)}`, async () => {
      const source = await readRevision({ objects: repository.objects, commit }, signal);
      // What no longer occurs would stay for ever; starting over costs one cold compile.
      if (parsedFiles.size > mostParsedFiles) parsedFiles.clear();
      return compileSource({ ...repository, parsedFiles }, source, signal);
    });

  return {
    compile,
    render: (commit, environment, signal) =>
      rendered(`${commit} ${environment}`, async () => {
        const source = await compile(commit, signal);
        const { author, date, subject, body }: Revision = await repository.objects.readCommit(commit, signal);
        const provenance = {
          droverVersion: repository.droverVersion,
          parserVersion: await repository.parser.version(signal),
          repoUrl: repository.url,
          revision: { id: commit, author, date, subject, body },
        };
        const again = await compiledAgain(commit, () => compileAgain(repository, source.source, signal));
        return renderChecked(source, again, { environment, provenance });
      }),
  };
}

/** The newest few results by key; a result that failed is not kept. */
function createLastFew<T>(limit: number): (key: string, make: () => Promise<T>) => Promise<T> {
  const kept = new Map<string, Promise<T>>();
  return (key, make) => {
    const known = kept.get(key);
    if (known !== undefined) return known;
    const result = make();
    kept.set(key, result);
    result.catch(() => kept.delete(key));
    const oldest = kept.keys().next();
    if (kept.size > limit && !oldest.done) kept.delete(oldest.value);
    return result;
  };
}
