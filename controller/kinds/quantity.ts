/** What a quantity says, or one sentence of what is wrong with it and one of what to write. */
export type Quantity =
  | { readonly ok: true; readonly value: number }
  | { readonly ok: false; readonly message: string; readonly hint: string };

const durationUnits: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

const sizeUnits: Readonly<Record<string, number>> = {
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 1024,
  Mi: 1024 ** 2,
  Gi: 1024 ** 3,
  Ti: 1024 ** 4,
};

/** Milliseconds of `30s`, `1h30m`, `500ms`. Units: ms, s, m, h, d, w. A bare number is an error with a suggestion. */
export function durationMs(value: unknown): Quantity {
  const written = textOf(value);
  if (isBareNumber(written) && written !== '0') return bare(written, 'duration', `${written}s`);
  if (written === '0') return { ok: true, value: 0 };
  const parts = [...written.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d|w)/g)];
  if (parts.length === 0 || parts.map(([part]) => part).join('') !== written) {
    return wrong(written, 'duration', '30s, 5m or 1h30m');
  }
  const total = parts.reduce(
    (sum, [, amount, unit]) => sum + Number(amount) * (durationUnits[unit ?? ''] ?? 0),
    0,
  );
  return whole(total, written, 'duration');
}

/** Bytes of `512Mi`, `10Gi`, `5G`. Units: k, M, G, T (powers of 1000) and Ki, Mi, Gi, Ti (powers of 1024). */
export function sizeBytes(value: unknown): Quantity {
  const written = textOf(value);
  if (isBareNumber(written)) return bare(written, 'size', `${written}Mi`);
  const match = /^(\d+(?:\.\d+)?)(k|M|G|T|Ki|Mi|Gi|Ti)$/.exec(written);
  if (match === null) return wrong(written, 'size', '512Mi or 10Gi');
  return whole(Number(match[1]) * (sizeUnits[match[2] ?? ''] ?? 0), written, 'size');
}

/** MHz of `2400MHz` or `48GHz`. */
export function frequencyMHz(value: unknown): Quantity {
  const written = textOf(value);
  if (isBareNumber(written)) return bare(written, 'frequency', `${written}MHz`);
  const match = /^(\d+(?:\.\d+)?)(MHz|GHz)$/.exec(written);
  if (match === null) return wrong(written, 'frequency', '2400MHz or 48GHz');
  return whole(Number(match[1]) * (match[2] === 'GHz' ? 1000 : 1), written, 'frequency');
}

/** How each quantity that a schema names is read. */
export const quantityReaders: Readonly<Record<string, (value: unknown) => Quantity>> = {
  duration: durationMs,
  size: sizeBytes,
  frequency: frequencyMHz,
};

/** The quantity of a field that was checked before, or the fallback where the field is absent or wrong. */
export function quantityOr(
  read: (value: unknown) => Quantity,
  value: string | undefined,
  fallback: number,
): number {
  if (value === undefined) return fallback;
  const quantity = read(value);
  return quantity.ok ? quantity.value : fallback;
}

/** No quantity is as long; what is cut is no quantity either. */
const longestQuantity = 64;

function textOf(value: unknown): string {
  const text = typeof value === 'number' || typeof value === 'string' ? String(value).trim() : '';
  return text.length > longestQuantity ? `${text.slice(0, longestQuantity)}…` : text;
}

function isBareNumber(written: string): boolean {
  return /^\d+(?:\.\d+)?$/.test(written);
}

function whole(value: number, written: string, what: string): Quantity {
  const rounded = Math.round(value);
  return Number.isSafeInteger(rounded)
    ? { ok: true, value: rounded }
    : { ok: false, message: `the ${what} ${written} is too large`, hint: `write a smaller ${what}` };
}

function bare(written: string, what: string, suggestion: string): Quantity {
  return {
    ok: false,
    message: `the ${what} ${written} has no unit`,
    hint: `write "${suggestion}" if that is meant`,
  };
}

function wrong(written: string, what: string, examples: string): Quantity {
  const hint = (what === 'size' ? likelySize(written) : undefined) ?? `write it with a unit, as ${examples}`;
  return { ok: false, message: `"${written}" is no ${what}`, hint };
}

/** `512MB` and its like: what was probably meant. */
function likelySize(written: string): string | undefined {
  const [, amount, letter = ''] = /^(\d+(?:\.\d+)?) ?([kmgt])i?b?$/i.exec(written) ?? [];
  if (amount === undefined) return undefined;
  const power = letter.toUpperCase();
  return `write "${amount}${power}i", or "${amount}${power === 'K' ? 'k' : power}" for powers of 1000`;
}
