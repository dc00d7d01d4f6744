import type { Diagnostic } from '../../model/diagnostic.ts';
import { didYouMean } from '../../model/nearest.ts';
import type { Rule } from '../rule.ts';
import { environmentCodes } from './environment-codes.ts';
import { type OwnEnvironment, ownEnvironment } from './own-environment.ts';

/** An environment waits only for others that exist and converge, and never for itself. */
export const after: Rule = (fleet) => {
  const own = ownEnvironment(fleet);
  return own === undefined ? [] : [...unknown(own), ...circle(own), ...observed(own)];
};

function unknown(own: OwnEnvironment): readonly Diagnostic[] {
  return (own.spec.after ?? []).flatMap((earlier, index) =>
    Object.hasOwn(own.all, earlier)
      ? []
      : [
          own.find(environmentCodes.afterUnknown, ['after', index], `there is no environment ${earlier}`, {
            hint: didYouMean(earlier, Object.keys(own.all)),
          }),
        ],
  );
}

/** One circle is one finding, at its first environment in the order of the file. */
function circle({ all, name, find }: OwnEnvironment): readonly Diagnostic[] {
  const awaited = awaitedBy(all, name);
  if (!awaited.has(name)) return [];
  const members = Object.keys(all).filter((other) => awaited.has(other) && awaitedBy(all, other).has(name));
  const [first, ...others] = members;
  if (first !== name) return [];
  const detour = others.length === 0 ? '' : ` by way of ${others.join(', ')}`;
  return [find(environmentCodes.afterCircle, ['after'], `${name} waits for itself${detour}`)];
}

/** Told where it is said: the environments that wait for this one in turn need no finding of their own. */
function observed({ all, spec, name, find }: OwnEnvironment): readonly Diagnostic[] {
  return (spec.after ?? []).flatMap((earlier, index) => {
    const other = Object.hasOwn(all, earlier) ? all[earlier] : undefined;
    if (other === undefined || earlier === name || other.mode === 'Enforce') return [];
    const message = `${name} is never reached: it waits for ${earlier}, which only observes`;
    return [find(environmentCodes.unreachable, ['after', index], message)];
  });
}

function awaitedBy(all: OwnEnvironment['all'], name: string): ReadonlySet<string> {
  const afterOf = (other: string) => (Object.hasOwn(all, other) ? (all[other]?.after ?? []) : []);
  const seen = new Set<string>();
  const waiting = [...afterOf(name)];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    waiting.push(...afterOf(next));
  }
  return seen;
}
