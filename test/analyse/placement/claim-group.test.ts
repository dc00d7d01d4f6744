import test from 'ava';
import * as fc from 'fast-check';
import { claimGroup } from '../../../controller/analyse/placement/claim-group.ts';
import { matchesGlob } from '../../../controller/analyse/placement/matches-glob.ts';
import { askOf, nodeOf } from './node.ts';

const nodes = [nodeOf('c1', { meta: { rack: 'a' } }), nodeOf('c2', { meta: { rack: 'b' } })];
const distinctHosts = { Operand: 'distinct_hosts', RTarget: 'true' };

test('what is alike is counted exactly', (t) => {
  const sized = (count: number) => askOf({ Count: count }, {}, { CPU: 100, MemoryMB: 3000 });
  t.deepEqual(claimGroup(sized(4), { nodes }), { claim: 'fits', atMost: 4 });
  t.deepEqual(claimGroup(sized(5), { nodes }), { claim: 'does not fit', atMost: 4 });
});

test('hosts of their own limit a count, unless that is switched off', (t) => {
  const ask = (value: string) =>
    askOf({ Count: 3, Constraints: [{ Operand: 'distinct_hosts', RTarget: value }] });
  t.is(claimGroup(ask(''), { nodes }).claim, 'does not fit');
  t.is(claimGroup(ask('false'), { nodes }).claim, 'fits');
});

test('a property that is to be distinct must be set, and counts by value', (t) => {
  const constraint = { Operand: 'distinct_property', LTarget: '${meta.rack}' };
  t.is(claimGroup(askOf({ Count: 2, Constraints: [constraint] }), { nodes }).claim, 'fits');
  t.is(claimGroup(askOf({ Count: 3, Constraints: [constraint] }), { nodes }).claim, 'does not fit');
  const missing = { ...constraint, LTarget: '${meta.zone}' };
  t.is(claimGroup(askOf({ Constraints: [missing] }), { nodes }).claim, 'does not fit');
});

test('an address gives a static port away once', (t) => {
  const ask = askOf({ Count: 3, Networks: [{ ReservedPorts: [{ Label: 'http', Value: 80 }] }] });
  t.is(claimGroup(ask, { nodes }).atMost, 2);
  const twice = nodes.map((node) => ({ ...node, addressCount: 2 }));
  t.is(claimGroup(ask, { nodes: twice }).atMost, 4);
});

test('what the definitions do not say is claimed in neither way', (t) => {
  const constraint = { LTarget: '${attr.os.name}', Operand: '=', RTarget: 'debian' };
  t.is(claimGroup(askOf({ Constraints: [constraint] }), { nodes }).claim, 'unknown');
  const unsized = nodes.map((node) => ({ ...node, cpuMHz: undefined }));
  t.is(claimGroup(askOf(), { nodes: unsized }).claim, 'unknown');
  t.is(claimGroup(askOf({}, {}, { CPU: 100, MemoryMB: 9000 }), { nodes: unsized }).claim, 'does not fit');
});

test('a system job fits when it has room on each client that it matches', (t) => {
  const small = [...nodes, nodeOf('c3', { memoryMiB: 64 })];
  t.is(claimGroup(askOf({}, { Type: 'system' }), { nodes }).claim, 'fits');
  t.is(claimGroup(askOf({}, { Type: 'system' }), { nodes: small }).claim, 'does not fit');
  t.is(claimGroup(askOf({}, { Type: 'system', NodePool: 'gpu' }), { nodes }).claim, 'does not fit');
});

test('clients that take no new work are left out', (t) => {
  const cordoned = nodes.map((node) => ({ ...node, isEligible: false }));
  t.is(claimGroup(askOf(), { nodes: cordoned }).claim, 'does not fit');
});

test('what runs before and after the main task shares its room, a sidecar does not', (t) => {
  const task = (name: string, memory: number, more: object = {}) => ({
    Name: name,
    Driver: 'docker',
    Resources: { CPU: 100, MemoryMB: memory },
    ...more,
  });
  const memoryOf = (hook: string, sidecar: boolean) =>
    askOf({ Tasks: [task('main', 500), task('other', 800, { Lifecycle: { Hook: hook, Sidecar: sidecar } })] })
      .memoryMiB;
  t.is(memoryOf('prestart', false), 800);
  t.is(memoryOf('poststop', false), 800);
  t.is(memoryOf('prestart', true), 1300);
  t.is(memoryOf('poststart', false), 1300);
});

test('more clients never make room smaller', (t) => {
  const size = fc.integer({ min: 0, max: 8192 });
  fc.assert(
    fc.property(
      fc.array(size, { maxLength: 6 }),
      size,
      fc.integer({ min: 1, max: 9 }),
      (sizes, more, count) => {
        const made = sizes.map((memoryMiB, index) => nodeOf(`c${index}`, { memoryMiB }));
        const ask = askOf({ Count: count, Constraints: count % 2 === 0 ? [distinctHosts] : [] });
        const before = claimGroup(ask, { nodes: made }).atMost;
        const after = claimGroup(ask, { nodes: [...made, nodeOf('more', { memoryMiB: more })] }).atMost;
        t.true(after >= before);
      },
    ),
  );
});

test('datacenters are matched with stars', (t) => {
  t.true(matchesGlob('*', ''));
  t.true(matchesGlob('fsn*', 'fsn1'));
  t.true(matchesGlob('*n*1', 'fsn-1'));
  t.false(matchesGlob('fsn', 'fsn1'));
  t.false(matchesGlob('a*a', 'a'));
  t.false(matchesGlob('*2', 'fsn1'));
});
