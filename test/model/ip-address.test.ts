import test from 'ava';
import * as fc from 'fast-check';
import {
  bitsOf,
  containsAddress,
  formatIpAddress,
  formatIpNetwork,
  type IpAddress,
  parseIpAddress,
  parseIpNetwork,
} from '../../controller/model/ip-address.ts';

const address: fc.Arbitrary<IpAddress> = fc.oneof(
  fc.bigInt(0n, 2n ** 32n - 1n).map((value) => ({ version: 4 as const, value })),
  fc.bigInt(0n, 2n ** 128n - 1n).map((value) => ({ version: 6 as const, value })),
  // Long runs of zeros are what the short form is about.
  fc.array(fc.constantFrom(0n, 0n, 0n, 1n, 0xabcdn), { minLength: 8, maxLength: 8 }).map((groups) => ({
    version: 6 as const,
    value: groups.reduce<bigint>((sum, part) => sum * 65_536n + part, 0n),
  })),
);

/** The address as its bits, which is what a prefix is about. */
const bits = ({ version, value }: IpAddress) => value.toString(2).padStart(bitsOf(version), '0');

test('every address is read back from its text', (t) => {
  fc.assert(
    fc.property(address, (ip) => {
      t.deepEqual(parseIpAddress(formatIpAddress(ip)), ip);
    }),
  );
});

test('IPv6 is written as a web address writes it', (t) => {
  fc.assert(
    fc.property(address, (ip) => {
      fc.pre(ip.version === 6);
      t.is(`[${formatIpAddress(ip)}]`, new URL(`http://[${formatIpAddress(ip)}]/`).hostname);
    }),
  );
});

test('a network has exactly the addresses that begin with the bits of its prefix', (t) => {
  fc.assert(
    fc.property(address, address, fc.nat(128), (ip, other, length) => {
      const prefixLength = length % (bitsOf(ip.version) + 1);
      const network = parseIpNetwork(`${formatIpAddress(ip)}/${prefixLength}`);
      if (network === undefined) return t.fail('not read');
      const prefix = bits(ip).slice(0, prefixLength);
      t.true(containsAddress(network, ip));
      t.is(containsAddress(network, other), other.version === ip.version && bits(other).startsWith(prefix));
      t.is(network.isAligned, !bits(ip).slice(prefixLength).includes('1'));
      return t.true(parseIpNetwork(formatIpNetwork(network))?.isAligned);
    }),
  );
});

test('what a web address takes as IPv6 is IPv6, and nothing else', (t) => {
  const text = fc.string({ unit: fc.constantFrom(':', '0', 'f', '1', '::', '.', '12'), maxLength: 14 });
  fc.assert(
    fc.property(text, (written) => {
      fc.pre(written.includes(':'));
      t.is(parseIpAddress(written) !== undefined, URL.canParse(`http://[${written}]/`), written);
    }),
    { numRuns: 500 },
  );
});

test('texts that other programs read in several ways are no addresses', (t) => {
  const texts = [
    '10.0.0',
    '10.0.0.256',
    '010.0.0.1',
    '10.0.0.1 ',
    '0x0a.0.0.1',
    '1',
    '',
    'fe80::1%eth0',
    '10.0.0.1/24',
  ];
  t.deepEqual(
    texts.filter((text) => parseIpAddress(text) !== undefined),
    [],
  );
});

test('a network needs a prefix length that its version has', (t) => {
  t.deepEqual(
    ['10.0.0.0', '10.0.0.0/33', '10.0.0.0/', '10.0.0.0/8/8', 'fd00::/129', '10.0.0.0/-1'].filter(
      (text) => parseIpNetwork(text) !== undefined,
    ),
    [],
  );
});
