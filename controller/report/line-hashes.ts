const window = 100;
const factor = 37n;
const bits = 64;
const lineFeed = 10;
const endOfFile = 65_535;
/** What the character that leaves the window has been multiplied by until then. */
const leaving = BigInt.asUintN(bits, factor ** BigInt(window));

/**
 * What GitHub's code scanning tells lines by, first line first: for each a hash of the hundred characters from its beginning on,
 * without spaces and tabs, and a number among those alike. A rolling polynomial over UTF-16 units modulo 2^64, every line end a
 * line feed. Source: fingerprints.ts of github/codeql-action, which complains about any other.
 */
export function lineHashes(text: string): readonly string[] {
  const { units, starts } = significantUnits(text);
  const hashes = rollingHashes(units);
  const seen = new Map<string, number>();
  return starts.map((start) => {
    const hash = (hashes[start] ?? 0n).toString(16);
    const count = (seen.get(hash) ?? 0) + 1;
    seen.set(hash, count);
    return `${hash}:${count}`;
  });
}

/** The characters that count, and where among them each line begins. */
function significantUnits(text: string): {
  readonly units: readonly number[];
  readonly starts: readonly number[];
} {
  const units: number[] = [];
  const starts: number[] = [];
  const add = (unit: number) => {
    if (units.length === 0 || units.at(-1) === lineFeed) starts.push(units.length);
    units.push(unit);
  };
  for (const character of text.replaceAll(/\r\n|\r/g, '\n').split('')) {
    if (character !== ' ' && character !== '\t') add(character.charCodeAt(0));
  }
  add(endOfFile);
  return { units, starts };
}

/** By the first unit of a window: the hash of the whole window; zeros follow the end. */
function rollingHashes(units: readonly number[]): readonly bigint[] {
  const hashes: bigint[] = [];
  let hash = 0n;
  for (let last = 0; last < units.length + window - 1; last += 1) {
    const first = last - window + 1;
    const gone = BigInt(units[first - 1] ?? 0) * leaving;
    hash = BigInt.asUintN(bits, hash * factor + BigInt(units[last] ?? 0) - gone);
    if (first >= 0) hashes.push(hash);
  }
  return hashes;
}
