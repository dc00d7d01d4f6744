import type { Diagnostic } from '../../model/diagnostic.ts';
import { bitsOf, formatIpAddress, type IpAddress, parseIpAddress } from '../../model/ip-address.ts';
import { isJsonObject, type JsonObject } from '../../model/json.ts';
import type { FieldPath, Resource } from '../../model/resource.ts';
import { finding } from '../finding.ts';
import { kindCodes } from '../kind-codes.ts';
import type { ServerGroupSpec } from './schema.ts';

/** Consecutive addresses for the members of a group, in the order of their numbers. */
export interface AddressRange {
  readonly interfaceName: string;
  /** Where it is written. */
  readonly at: FieldPath;
  readonly first: IpAddress;
  readonly size: bigint;
  /** `/24` or nothing. */
  readonly suffix: string;
}

/** The address of the member with that number, counted from 1. */
export function addressAt({ first, suffix }: AddressRange, index: number): string {
  const value = first.value + BigInt(index - 1);
  return `${formatIpAddress({ ...first, value })}${suffix}`;
}

/** The ranges of a group with `count` members, each with room for all of them. */
export function readAddressRanges(
  group: Resource<ServerGroupSpec>,
  count: number,
): { readonly ranges: readonly AddressRange[]; readonly diagnostics: readonly Diagnostic[] } {
  const ranges: AddressRange[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const { text, at, interfaceName } of writtenRanges(group)) {
    const problem = (message: string, hint?: string) =>
      diagnostics.push(finding(group, at, { entry: kindCodes.addressRange, message, hint }));
    const range = parseRange(text);
    if (interfaceName === undefined) {
      problem(
        'the template has no interface that these addresses could go to',
        'write interfaces: {lan: {}}',
      );
    } else if (range === undefined) {
      problem(`"${text}" is no range of addresses`);
    } else if (range.size < BigInt(count)) {
      problem(
        `the range has ${range.size} addresses, and the group has ${count} servers`,
        'write a later last address, or a smaller count',
      );
    } else {
      ranges.push({ ...range, interfaceName, at });
    }
  }
  return { ranges, diagnostics };
}

function writtenRanges(
  group: Resource<ServerGroupSpec>,
): readonly { text: string; at: FieldPath; interfaceName: string | undefined }[] {
  const at = ['spec', 'addressRange'];
  const written: unknown = group.spec.addressRange;
  if (typeof written === 'string') return [{ text: written, at, interfaceName: firstOpen(group.spec) }];
  if (!isJsonObject(written)) return [];
  return Object.entries(written).map(([name, text]) => ({
    text: typeof text === 'string' ? text : '',
    at: [...at, name],
    interfaceName: name,
  }));
}

/** The first interface of the template by name that has no address. */
function firstOpen({ template }: ServerGroupSpec): string | undefined {
  const { interfaces } = template.spec as JsonObject;
  if (!isJsonObject(interfaces)) return undefined;
  const names = Object.keys(interfaces).sort();
  return names.find((name) => {
    const one = interfaces[name];
    return isJsonObject(one) && one['address'] === undefined;
  });
}

const rangePattern = /^([^\s/-]+)\s*-\s*([^\s/-]+)(?:\/(\d{1,3}))?$/;

function parseRange(text: string): Pick<AddressRange, 'first' | 'size' | 'suffix'> | undefined {
  const [, from = '', to = '', length] = rangePattern.exec(text.trim()) ?? [];
  const [first, last] = [parseIpAddress(from), parseIpAddress(to)];
  if (first === undefined || first.version !== last?.version || last.value < first.value) return undefined;
  if (Number(length) > bitsOf(first.version)) return undefined;
  const size = last.value - first.value + 1n;
  return { first, size, suffix: length === undefined ? '' : `/${length}` };
}
