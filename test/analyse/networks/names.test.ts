import test from 'ava';
import { networkRules } from '../../../controller/analyse/networks/index.ts';
import { kinds } from '../../../controller/kinds/index.ts';
import { type FakeResource, fakeFleet } from '../../fakes/fleet.ts';

function found(...resources: readonly FakeResource[]): readonly string[] {
  const fleet = fakeFleet({ resources });
  return networkRules.flatMap((rule) => rule(fleet, kinds)).map(({ code, message }) => `${code} ${message}`);
}

const job = (name: string, services: readonly object[], namespace = 'default'): FakeResource => ({
  kind: 'NomadJob',
  name: name.toLowerCase(),
  namespace,
  spec: {
    jobId: name,
    json: { ID: name, Namespace: namespace, TaskGroups: [{ Name: 'main', Services: services, Tasks: [] }] },
  },
});

const server = (name: string, more: object): FakeResource => ({
  kind: 'Server',
  name,
  spec: { class: 'cx32', interfaces: { lan: { address: '10.0.0.1' } }, ...more },
});

test('a service name that is made at run time is not known', (t) => {
  t.deepEqual(found(job('web', [{ Name: '${NOMAD_JOB_NAME}_x' }, {}])), []);
});

test('capital letters are part of a service name, and too many letters are not', (t) => {
  t.deepEqual(found(job('web', [{ Name: 'Web' }])), []);
  const long = 'w'.repeat(64);
  t.deepEqual(found(job('web', [{ Name: long }])), [`DRV0524 the service "${long}" of web is no DNS label`]);
});

test('services of Nomad’s own differ by case, those of Consul do not', (t) => {
  const pair = (provider: string) => [
    { Name: 'Web', Provider: provider },
    { Name: 'web', Provider: provider },
  ];
  t.deepEqual(found(job('a', pair('nomad'))), []);
  t.deepEqual(found(job('a', pair('consul'))), ['DRV0525 the service web of a is Web of a to Consul']);
});

test('jobs whose ids differ only in case are told, those of other namespaces are not', (t) => {
  const twins = (namespace: string): readonly FakeResource[] => [
    job('web', []),
    { ...job('Web', [], namespace), name: 'other' },
  ];
  t.deepEqual(found(...twins('default')).length, 1);
  t.deepEqual(found(...twins('shop')), []);
});

test('the rarer spelling is the one that is told', (t) => {
  const servers = ['GPU', 'gpu', 'gpu'].map((nodePool, index) => server(`s${index}`, { nodePool }));
  t.deepEqual(found(...servers), ['DRV0526 the node pool GPU differs from gpu only in case']);
});

test('racks of two datacenters are not compared', (t) => {
  const servers = [
    server('a', { datacenter: 'one', failureDomain: 'rack-a' }),
    server('b', { datacenter: 'two', failureDomain: 'Rack-A' }),
  ];
  t.deepEqual(found(...servers), []);
});

test('where a name is declared its definition decides', (t) => {
  const servers = ['dc1', 'DC1'].map((datacenter, index) => server(`s${index}`, { datacenter }));
  t.is(found(...servers).length, 1);
  t.deepEqual(found(...servers, { kind: 'Datacenter', name: 'dc1', spec: {} }), []);
});
