/** Whether a version is in a range such as `>=0.4 <0.6`; `undefined` when the range can't be read. */
export function isInRange(version: string, range: string): boolean | undefined {
  const found = parseVersion(version);
  const terms = range.trim().split(/\s+/);
  if (found === undefined || terms.length > 8) return undefined;
  let isInside = true;
  for (const term of terms) {
    const parts = /^(>=|<=|>|<|=)?v?(.+)$/.exec(term);
    const bound = parseVersion(parts?.[2] ?? '');
    if (bound === undefined) return undefined;
    isInside &&= holds(compareVersions(found, bound), parts?.[1] ?? '=');
  }
  return isInside;
}

type Version = readonly [number, number, number];

/** Missing parts are zero; a pre-release counts as its release. */
function parseVersion(text: string): Version | undefined {
  const match = /^(\d{1,6})(?:\.(\d{1,6}))?(?:\.(\d{1,6}))?(?:-[0-9A-Za-z.-]{1,64})?$/.exec(text);
  return match === null ? undefined : [Number(match[1]), Number(match[2] ?? 0), Number(match[3] ?? 0)];
}

function compareVersions(a: Version, b: Version): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
}

function holds(order: number, operator: string): boolean {
  switch (operator) {
    case '>=':
      return order >= 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '<':
      return order < 0;
    default:
      return order === 0;
  }
}
