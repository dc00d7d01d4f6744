import { isHostName } from '../../kinds/server/is-host-name.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { JsonObject } from '../../model/json.ts';
import type { FieldPath, Resource } from '../../model/resource.ts';
import type { ExpandRequest } from '../expansion.ts';
import { finding } from '../finding.ts';
import { kindCodes } from '../kind-codes.ts';
import { type AddressRange, addressAt, readAddressRanges } from './address-ranges.ts';
import type { Member } from './member.ts';
import { countedView } from './member-views.ts';
import type { ServerGroupSpec } from './schema.ts';

interface Counted {
  /** Absent when something was found: it can't be told what they are. */
  readonly members?: readonly Member[];
  readonly diagnostics: readonly Diagnostic[];
}

/** The members of a group that only says how many. */
export function countMembers(
  group: Resource<ServerGroupSpec>,
  request: ExpandRequest,
  count: number,
): Counted {
  const isReadable = request.isSound(['spec', 'addressRange']) && request.isSound(['spec', 'naming']);
  if (!isReadable) return { diagnostics: [] };
  const { ranges, diagnostics } = readAddressRanges(group, count);
  const names = readNames(group, request, count);
  const found = [...diagnostics, ...names.diagnostics];
  if (found.length > 0 || names.names === undefined) return { diagnostics: found };
  const places = new Map<string, FieldPath>(ranges.map(({ interfaceName, at }) => [interfaceName, at]));
  const own = countedView(places, group.spec.naming !== undefined);
  const members = names.names.map((name, position) => ({
    name,
    spec: addressesOf(ranges, position + 1),
    own,
    locals: { index: position + 1 },
  }));
  return { members, diagnostics: [] };
}

function addressesOf(ranges: readonly AddressRange[], index: number): JsonObject {
  if (ranges.length === 0) return {};
  const interfaces = ranges.map((range) => [range.interfaceName, { address: addressAt(range, index) }]);
  return { interfaces: Object.fromEntries(interfaces) as JsonObject };
}

/** The names in the order of the numbers; told at the first that can't be one. */
function readNames(
  group: Resource<ServerGroupSpec>,
  request: ExpandRequest,
  count: number,
): { readonly names?: readonly string[]; readonly diagnostics: readonly Diagnostic[] } {
  const { naming = `${group.metadata.name}-\${{ index }}` } = group.spec;
  const at = ['spec', group.spec.naming === undefined ? 'count' : 'naming'];
  const refuse = (message: string, hint?: string) => ({
    diagnostics: [finding(group, at, { entry: kindCodes.groupNaming, message, hint })],
  });
  const names = new Set<string>();
  for (let index = 1; index <= count; index++) {
    const name = request.evaluate(at, naming, { index });
    if (name === undefined) return { diagnostics: [] };
    if (names.has(name))
      return refuse(`two members would be named "${name}"`, 'write ${{ index }} into the name');
    if (!isHostName(name)) return refuse(`member ${index} would be named "${name}", which is no DNS label`);
    names.add(name);
  }
  return { names: [...names], diagnostics: [] };
}
