import type { Diagnostic } from '../../model/diagnostic.ts';
import { bitsOf, parseIpAddress } from '../../model/ip-address.ts';
import type { Resource } from '../../model/resource.ts';
import { finding } from '../finding.ts';
import { kindCodes } from '../kind-codes.ts';
import { plainAddress, serverAddress } from './address.ts';
import type { ServerSpec } from './schema.ts';

/** Each interface has an address, and one of them is that of the server. */
export function checkAddresses(resource: Resource<ServerSpec>): readonly Diagnostic[] {
  const bad = Object.entries(resource.spec.interfaces).flatMap(([name, { address }]) => {
    const message = problemOf(address);
    const at = ['spec', 'interfaces', name, 'address'];
    const hint = 'write it as 10.20.0.21 or 10.20.0.21/16';
    return message === undefined ? [] : [finding(resource, at, { entry: kindCodes.address, message, hint })];
  });
  if (serverAddress(resource.spec) !== undefined) return bad;
  const message = 'no interface is advertised, so nobody could reach the server';
  return [...bad, finding(resource, ['spec', 'interfaces'], { entry: kindCodes.address, message })];
}

function problemOf(written: string): string | undefined {
  const ip = parseIpAddress(plainAddress(written));
  if (ip === undefined) return `"${written}" is no IP address`;
  const [, length, ...more] = written.split('/');
  if (length === undefined) return undefined;
  const isLength = more.length === 0 && /^\d{1,3}$/.test(length) && Number(length) <= bitsOf(ip.version);
  return isLength ? undefined : `"${written}" has no prefix length between 0 and ${bitsOf(ip.version)}`;
}
