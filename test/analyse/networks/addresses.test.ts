import test from 'ava';
import { networkRules } from '../../../controller/analyse/networks/index.ts';
import { kinds } from '../../../controller/kinds/index.ts';
import { type FakeResource, fakeFleet } from '../../fakes/fleet.ts';

const lan: FakeResource = {
  kind: 'Network',
  name: 'lan',
  spec: { cidr: '10.20.0.0/24', private: true, gateway: '10.20.0.1' },
};

const network = (name: string, cidr: string, more = {}): FakeResource => ({
  kind: 'Network',
  name,
  spec: { cidr, private: true, ...more },
});

const server = (name: string, interfaces: object, more = {}): FakeResource => ({
  kind: 'Server',
  name,
  spec: { class: 'cx32', interfaces, ...more },
});

function found(...resources: readonly FakeResource[]): readonly string[] {
  const fleet = fakeFleet({ resources });
  return networkRules.flatMap((rule) => rule(fleet, kinds)).map(({ code, span }) => `${code} ${span.path}`);
}

test('an interface that names no network is in the only one that has its address', (t) => {
  t.deepEqual(found(lan, server('a', { lan: { address: '10.20.0.1' } })), [
    'DRV0515 a.yaml#spec.interfaces.lan.address',
  ]);
  t.deepEqual(found(lan, server('a', { lan: { address: '10.21.0.1' } })), []);
});

test('an interface whose address is in no network is in that of its name, once another one is', (t) => {
  const usual = server('a', { lan: { address: '10.20.0.5' } });
  const other = (name: string, address: string) => found(lan, usual, server('b', { [name]: { address } }));
  t.deepEqual(other('lan', '10.21.0.6'), ['DRV0513 b.yaml#spec.interfaces.lan.address']);
  t.deepEqual(other('wan', '10.21.0.6'), []);
  t.deepEqual(other('lan', 'fd00::6'), []);
});

test('of one address only the first mistake is told', (t) => {
  const outside = { address: '10.99.0.255/16', network: 'lan' };
  t.deepEqual(found(lan, server('a', { lan: outside })), ['DRV0513 a.yaml#spec.interfaces.lan.address']);
  const broadcast = { address: '10.20.0.255/16', network: 'lan' };
  t.deepEqual(found(lan, server('a', { lan: broadcast })), ['DRV0514 a.yaml#spec.interfaces.lan.address']);
  const nobody = { address: '0.0.0.0', network: 'lan' };
  t.deepEqual(found(lan, server('a', { lan: nobody })), ['DRV0523 a.yaml#spec.interfaces.lan.address']);
});

test('of a network that is none nothing follows', (t) => {
  const inLan = { lan: { address: '10.20.0.5', network: 'lan' } };
  t.deepEqual(found(network('lan', '10.20.9.1/24', { gateway: '10.9.9.9' }), server('a', inLan)), [
    'DRV0511 lan.yaml#spec.cidr',
  ]);
  t.deepEqual(found(network('lan', 'lan'), server('a', inLan)), ['DRV0510 lan.yaml#spec.cidr']);
});

test('a network that is not declared is the references’ matter', (t) => {
  t.deepEqual(found(lan, server('a', { lan: { address: '10.99.0.5', network: 'wan' } })), []);
});

test('in a network that is too small only its size is told', (t) => {
  const servers = ['1', '2', '3', '9'].map((last) =>
    server(`s${last}`, { lan: { address: `10.20.0.${last}`, network: 'link' } }),
  );
  t.deepEqual(found(network('link', '10.20.0.0/30'), ...servers), ['DRV0522 link.yaml#spec.cidr']);
});

test('links between two machines use all their addresses', (t) => {
  for (const cidr of ['10.0.0.0/31', 'fd00::/127']) {
    const addresses = cidr.includes(':') ? ['fd00::', 'fd00::1'] : ['10.0.0.0', '10.0.0.1'];
    const servers = addresses.map((address, index) =>
      server(`s${index}`, { lan: { address, network: 'link' } }),
    );
    t.deepEqual(found(network('link', cidr), ...servers), []);
  }
});

test('IPv6 has no broadcast address', (t) => {
  const six = network('six', 'fd00::/64');
  const last = 'fd00::ffff:ffff:ffff:ffff';
  t.deepEqual(found(six, server('a', { lan: { address: last, network: 'six' } })), []);
  t.deepEqual(found(six, server('a', { lan: { address: 'fd00::', network: 'six' } })), [
    'DRV0514 a.yaml#spec.interfaces.lan.address',
  ]);
});

test('a host route says nothing of the network', (t) => {
  t.deepEqual(found(lan, server('a', { lan: { address: '10.20.0.5/32', network: 'lan' } })), []);
});

test('a network is told once, however many it overlaps', (t) => {
  const all = [network('a', '10.0.0.0/24'), network('b', '10.0.1.0/24'), network('c', '10.0.0.0/16')];
  t.deepEqual(found(...all), ['DRV0512 c.yaml#spec.cidr']);
});

test('networks of two versions never overlap', (t) => {
  t.deepEqual(found(network('a', '10.0.0.0/8'), network('b', 'fc00::/16')), []);
});

test('what is neither private nor public may be called either', (t) => {
  for (const cidr of ['100.64.0.0/10', '127.0.0.0/8', '203.0.113.0/24', '2001:db8::/32', '172.0.0.0/8']) {
    for (const isPrivate of [true, false]) {
      t.deepEqual(found(network('a', cidr, { private: isPrivate })), [], cidr);
    }
  }
});

test('one card may carry several interfaces', (t) => {
  const mac = '52:54:00:12:34:56';
  const one = { lan: { address: '10.0.0.1', mac }, vlan: { address: '10.1.0.1', mac: mac.toUpperCase() } };
  t.deepEqual(found(server('a', one)), []);
  const other = { lan: { address: '10.0.0.2', mac } };
  t.deepEqual(found(server('a', one), server('b', other)), ['DRV0518 b.yaml#spec.interfaces.lan.mac']);
});
