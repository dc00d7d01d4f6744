/** An IPv4 or IPv6 address as a number, so that order and membership are arithmetic. */
export interface IpAddress {
  readonly version: 4 | 6;
  readonly value: bigint;
}

export interface IpNetwork {
  readonly version: 4 | 6;
  readonly prefixLength: number;
  readonly first: bigint;
  readonly last: bigint;
  /** False when the text names an address inside the network instead of its first one. */
  readonly isAligned: boolean;
}

const octet = /^(?:0|[1-9]\d{0,2})$/;
const group = /^[0-9a-fA-F]{1,4}$/;

export function bitsOf(version: 4 | 6): 32 | 128 {
  return version === 4 ? 32 : 128;
}

/** The address of a text without prefix length or zone; `undefined` when it is none. */
export function parseIpAddress(text: string): IpAddress | undefined {
  const value = text.includes(':') ? version6(text) : version4(text);
  if (value === undefined) return undefined;
  return { version: text.includes(':') ? 6 : 4, value };
}

function version4(text: string): bigint | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => octet.test(part) && Number(part) < 256)) return undefined;
  return parts.reduce((value, part) => value * 256n + BigInt(part), 0n);
}

function version6(text: string): bigint | undefined {
  const hex = withoutDots(text);
  const [head = '', tail, ...more] = hex?.split('::') ?? [];
  if (hex === undefined || more.length > 0) return undefined;
  const front = groupsOf(head);
  const back = groupsOf(tail ?? '');
  const missing = 8 - front.length - back.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  const groups = [...front, ...Array.from({ length: missing }, () => '0'), ...back];
  if (!groups.every((part) => group.test(part))) return undefined;
  return groups.reduce((value, part) => value * 65_536n + BigInt(`0x${part}`), 0n);
}

function groupsOf(text: string): readonly string[] {
  return text === '' ? [] : text.split(':');
}

/** `::ffff:192.0.2.1` with its last part in hexadecimal groups. */
function withoutDots(text: string): string | undefined {
  if (!text.includes('.')) return text;
  const start = text.lastIndexOf(':') + 1;
  const value = version4(text.slice(start));
  if (value === undefined) return undefined;
  return `${text.slice(0, start)}${(value >> 16n).toString(16)}:${(value & 0xffffn).toString(16)}`;
}

/** The network of `10.20.0.0/16`; `undefined` when the text has another form. */
export function parseIpNetwork(text: string): IpNetwork | undefined {
  const [, written = '', length = ''] = /^([^/]+)\/(\d{1,3})$/.exec(text) ?? [];
  const address = parseIpAddress(written);
  const prefixLength = Number(length);
  if (address === undefined || prefixLength > bitsOf(address.version)) return undefined;
  const size = 1n << BigInt(bitsOf(address.version) - prefixLength);
  const first = address.value - (address.value % size);
  const { version, value } = address;
  return { version, prefixLength, first, last: first + size - 1n, isAligned: first === value };
}

export function containsAddress(network: IpNetwork, address: IpAddress): boolean {
  const { version, value } = address;
  return version === network.version && network.first <= value && value <= network.last;
}

/** IPv4 with dots; IPv6 as RFC 5952 writes it: lower case, the longest run of zeros as `::`. */
export function formatIpAddress({ version, value }: IpAddress): string {
  if (version === 4) return [24n, 16n, 8n, 0n].map((shift) => (value >> shift) & 0xffn).join('.');
  const groups = Array.from({ length: 8 }, (_, index) =>
    ((value >> BigInt(16 * (7 - index))) & 0xffffn).toString(16),
  );
  const run = longestZeros(groups);
  if (run.length < 2) return groups.join(':');
  const head = groups.slice(0, run.start).join(':');
  return `${head}::${groups.slice(run.start + run.length).join(':')}`;
}

export function formatIpNetwork(network: IpNetwork): string {
  const { version, first, prefixLength } = network;
  return `${formatIpAddress({ version, value: first })}/${prefixLength}`;
}

function longestZeros(groups: readonly string[]): { readonly start: number; readonly length: number } {
  let best = { start: 0, length: 0 };
  let start = 0;
  for (const [index, part] of groups.entries()) {
    if (part !== '0') start = index + 1;
    else if (index - start + 1 > best.length) best = { start, length: index - start + 1 };
  }
  return best;
}
