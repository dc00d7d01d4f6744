import { UsageError } from '../model/errors.ts';

/** The environment that is asked for: the only one where none is named. @throws UsageError when it is not known which. */
export function chosenEnvironment(asked: string | undefined, known: readonly string[]): string {
  const [only] = known;
  if (known.length === 1 && asked === undefined && only !== undefined) return only;
  // Without any, the findings tell why there is none.
  if (known.length === 0 || (asked !== undefined && known.includes(asked))) return asked ?? '';
  const hint = `drover.yaml has: ${known.join(', ')}.`;
  if (asked === undefined)
    throw new UsageError('which environment?', { hint: `Say it with --environment; ${hint}` });
  throw new UsageError(`there is no environment ${asked}`, { hint });
}
