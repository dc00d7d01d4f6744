import { allOf, type Verdict, verdictOf } from './verdict.ts';

const plainVersion = /^v?\d{1,9}(?:\.\d{1,9}){0,5}$/;
const condition = /^\s*(=|!=|>|<|>=|<=|~>)?\s*(v?\d{1,9}(?:\.\d{1,9}){0,5})\s*$/;

/**
 * Whether a version meets a list of conditions. Plain numbers only: of pre-releases the two operators think differently, and
 * nothing is claimed. A version that is none meets nothing.
 */
export function compareVersions(
  version: string,
  conditions: string,
  operator: 'version' | 'semver',
): Verdict {
  if (!plainVersion.test(version)) return /^v?\d/.test(version) ? 'unknown' : 'no';
  return allOf(conditions.split(',').map((one) => meets(version, one, operator)));
}

function meets(version: string, written: string, operator: 'version' | 'semver'): Verdict {
  const [, sign = '=', wanted] = condition.exec(written) ?? [];
  if (wanted === undefined || (operator === 'semver' && sign === '~>')) return 'unknown';
  const [left, right] = [segments(version), segments(wanted)];
  const difference = compareSegments(left, right);
  if (sign === '~>') return verdictOf(difference >= 0 && isWithin(left, right, written));
  return verdictOf(holds(sign, difference));
}

function holds(sign: string, difference: number): boolean {
  if (sign === '=' || sign === '!=') return (difference === 0) === (sign === '=');
  // `>=` and `<=` are what `<` and `>` are not.
  if (sign === '>=' || sign === '<') return difference < 0 === (sign === '<');
  return difference > 0 === (sign === '>');
}

/** `~> 1.2.3` lets only the last written segment grow. Beyond three segments it is left to Nomad's own rounding. */
function isWithin(version: readonly number[], wanted: readonly number[], written: string): boolean {
  const fixed = written.split('.').length - 1;
  return wanted.length <= version.length && wanted.slice(0, fixed).every((part, i) => version[i] === part);
}

function segments(version: string): readonly number[] {
  const parts = version.trim().replace(/^v/, '').split('.').map(Number);
  return [...parts, 0, 0].slice(0, Math.max(3, parts.length));
}

function compareSegments(left: readonly number[], right: readonly number[]): number {
  for (let index = 0; index < Math.max(left.length, right.length); index += 1) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
