import test from 'ava';
import { config, findingsOf, placesOf, webServer } from './findings-of-machines.ts';

const writes = { files: { '/etc/motd': { content: 'x' } } };

test('two writers of one path with equal priority are an error, told once with both places', (t) => {
  t.like(findingsOf([config(writes), config(writes, 'another')]), [
    {
      code: 'DRV0609',
      place: 'base.yaml#spec.files./etc/motd',
      message: '/etc/motd is also written by another, with the same priority 50',
      related: ['another.yaml#spec.files./etc/motd'],
    },
  ]);
});

test('writers with different priorities, or that never meet on a server, are fine', (t) => {
  t.deepEqual(placesOf([config(writes), config({ ...writes, priority: 10 }, 'another')]), []);
  const elsewhere = config({ ...writes, selector: { matchLabels: { role: 'quorum' } } }, 'another');
  t.deepEqual(placesOf([config(writes), elsewhere]), []);
});

test('many servers of two configurations are one finding', (t) => {
  const resources = [1, 2, 3].map((number) => ({ ...webServer, name: `web-${number + 1}` }));
  t.is(findingsOf([config(writes), config(writes, 'another')], { resources }).length, 1);
});

test('of packages, groups and kernel settings the same may be said twice, and nothing else', (t) => {
  const one = { packages: { curl: '*' }, groups: { ops: { gid: 5 } }, sysctls: { 'vm.swappiness': '10' } };
  t.deepEqual(placesOf([config(one), config(one, 'another')]), []);
  const other = { packages: { curl: '8.*' }, groups: { ops: {} }, sysctls: { 'vm.swappiness': '1' } };
  t.deepEqual(placesOf([config(one), config(other, 'another')]), [
    'DRV0609 base.yaml#spec.packages.curl',
    'DRV0609 base.yaml#spec.groups.ops',
    'DRV0609 base.yaml#spec.sysctls.vm.swappiness',
  ]);
});

test('two different reboots are two writers', (t) => {
  const reboot = (window: string) => ({ reboot: { when: ['kernel'], window } });
  t.deepEqual(placesOf([config(reboot('0 3 * * 0')), config(reboot('0 4 * * 0'), 'another')]), [
    'DRV0609 base.yaml#spec.reboot',
  ]);
  t.deepEqual(placesOf([config(reboot('0 3 * * 0')), config({}, 'another')]), []);
});
