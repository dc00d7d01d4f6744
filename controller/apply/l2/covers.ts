import { isJsonObject, type Json } from '../../model/json.ts';

/**
 * Where a live value lacks what a definition says, as paths. Only what the definition speaks of counts; Vault's own
 * spelling is tolerated: durations as seconds, a list for a single text, lists that are sets, numbers as texts.
 */
export function uncovered(desired: Json, live: Json | undefined, path = ''): readonly string[] {
  if (isJsonObject(desired)) {
    const there = isJsonObject(live) ? live : {};
    return Object.keys(desired)
      .sort()
      .flatMap((name) =>
        uncovered(desired[name] ?? null, there[name], path === '' ? name : `${path}.${name}`),
      );
  }
  return isSame(desired, live ?? null) ? [] : [path];
}

function isSame(desired: Json, live: Json): boolean {
  if (Array.isArray(desired) || Array.isArray(live)) return sameSet(asList(desired), asList(live));
  if (isJsonObject(desired) || isJsonObject(live)) return uncovered(desired, live).length === 0;
  return scalar(desired) === scalar(live) || sameDuration(desired, live);
}

function sameSet(desired: readonly Json[], live: readonly Json[]): boolean {
  const wanted = new Set(desired.map((item) => JSON.stringify(item)));
  const there = new Set(live.map((item) => JSON.stringify(item)));
  return wanted.size === there.size && [...wanted].every((item) => there.has(item));
}

function asList(value: Json): readonly Json[] {
  if (Array.isArray(value)) return value;
  if (value === null || value === '') return [];
  return typeof value === 'string' ? value.split(',').map((item) => item.trim()) : [value];
}

function scalar(value: Json): string {
  if (value === null || value === '' || value === 0 || value === false) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

const unitSeconds: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

function sameDuration(desired: Json, live: Json): boolean {
  const wanted = seconds(desired);
  return wanted !== undefined && wanted === seconds(live);
}

function seconds(value: Json): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || !/^(\d+[smhd])+$|^\d+$/.test(value)) return undefined;
  if (/^\d+$/.test(value)) return Number(value);
  const parts = [...value.matchAll(/(\d+)([smhd])/g)];
  return parts.reduce(
    (total, [, amount, unit]) => total + Number(amount) * (unitSeconds[unit ?? ''] ?? 0),
    0,
  );
}
