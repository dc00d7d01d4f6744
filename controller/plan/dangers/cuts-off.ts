import type { Danger } from '../../model/plan.ts';
import type { DangerInput } from '../unit-change.ts';
import { effectsOf } from '../unit-effects.ts';

/** A file with `contact: true`: the server takes it back when it reaches nobody, and until then nobody reaches it. */
export function cutsOff({ changes }: DangerInput): readonly Danger[] {
  return changes.flatMap(({ pair }) => {
    const paths = effectsOf(pair.entry.kind).cutsOff(pair);
    if (paths.length === 0) return [];
    const message = `May cut the server off: ${paths.join(', ')} changes.`;
    return [{ code: 'CutsOff', unit: pair.id, message, confirm: true }];
  });
}
