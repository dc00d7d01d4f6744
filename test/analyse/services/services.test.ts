import test from 'ava';
import { serviceRules } from '../../../controller/analyse/services/index.ts';
import { kinds } from '../../../controller/kinds/index.ts';
import type { JsonObject } from '../../../controller/model/json.ts';
import { type FakeResource, fakeFleet } from '../../fakes/fleet.ts';

const check = { Type: 'tcp', Interval: 10e9, Timeout: 2e9 };
const service = (fields: JsonObject): JsonObject => ({ PortLabel: '80', Checks: [check], ...fields });

const job = (
  name: string,
  services: readonly JsonObject[],
  more: { readonly namespace?: string; readonly templates?: readonly string[] } = {},
): FakeResource => ({
  kind: 'NomadJob',
  name,
  namespace: more.namespace ?? 'default',
  spec: {
    json: {
      ID: name,
      TaskGroups: [
        {
          Name: name,
          Services: services,
          Tasks: [
            {
              Name: name,
              Templates: (more.templates ?? []).map((EmbeddedTmpl) => ({
                EmbeddedTmpl,
                DestPath: 'local/a',
              })),
            },
          ],
        },
      ],
    },
  },
});

const codes = (...resources: readonly FakeResource[]) => {
  const fleet = fakeFleet({ resources });
  return serviceRules.flatMap((rule) => rule(fleet, kinds)).map(({ code }): string => code);
};

const router = (rule: string, more: readonly string[] = [], name = 'r') => [
  `traefik.http.routers.${name}.rule=${rule}`,
  ...more,
];

test('a name is one for all namespaces with Consul, and one for each with Nomad', (t) => {
  const two = (Provider: string) => [
    job('a', [service({ Name: 'web', Provider })], { namespace: 'one' }),
    job('b', [service({ Name: 'web', Provider })], { namespace: 'two' }),
  ];
  t.deepEqual(codes(...two('consul')), ['DRV0801']);
  t.deepEqual(codes(...two('nomad')), []);
});

test('two services of one job may share a name, and one that is made at run time is not known', (t) => {
  t.deepEqual(codes(job('a', [service({ Name: 'web' }), service({ Name: 'web' })])), []);
  const made = service({ Name: '${NOMAD_JOB_NAME}-web' });
  t.deepEqual(codes(job('a', [made]), job('b', [made])), []);
});

for (const query of [
  'web',
  'primary.web',
  'web|any',
  'web~_agent',
  'primary.web?ns=x',
  'web@dc2',
  'consul',
  'active.vault',
  'web-sidecar-proxy',
]) {
  test(`the lookup of ${query} finds a service of web's, one built in, or one of another place`, (t) => {
    const templates = [`{{ range service "${query}" }}{{ .Address }}{{ end }}`];
    const found = codes(job('web', [service({ Name: 'web' })]), job('client', [], { templates }));
    t.deepEqual(found, []);
  });
}

test('nothing is said of lookups while some name is made at run time', (t) => {
  const templates = ['{{ range service "api" }}{{ .Address }}{{ end }}'];
  const made = job('web', [service({ Name: '${NOMAD_GROUP_NAME}' })]);
  t.deepEqual(codes(job('client', [], { templates })), ['DRV0806']);
  t.deepEqual(codes(made, job('client', [], { templates })), []);
});

test('routes clash at one host and path, unless something tells them apart', (t) => {
  const two = (one: readonly string[], other: readonly string[]) =>
    codes(job('a', [service({ Name: 'a', Tags: one })]), job('b', [service({ Name: 'b', Tags: other })]));
  const host = 'Host(`a.example`)';
  t.deepEqual(two(router(host, [], 'x'), router('Host(`A.example`)', [], 'y')), ['DRV0807']);
  t.deepEqual(two(router(host, [], 'x'), router(`${host} && PathPrefix(\`/\`)`, [], 'y')), ['DRV0807']);
  t.deepEqual(two(router(host, [], 'x'), router(`${host} && PathPrefix(\`/api\`)`, [], 'y')), []);
  t.deepEqual(two(router(host, [], 'x'), router(`${host} && Method(\`GET\`)`, [], 'y')), []);
  const priority = ['traefik.http.routers.y.priority=10'];
  t.deepEqual(two(router(host, [], 'x'), router(host, priority, 'y')), []);
});

test('a router of one name and one rule in two services is one router', (t) => {
  const same = [service({ Name: 'a', Tags: router('Host(`a.example`)') })];
  const other = [service({ Name: 'b', Tags: router('Host(`b.example`)') })];
  t.deepEqual(codes(job('a', same), job('b', other)), ['DRV0808']);
});

test('a sidecar’s service is asked by the mesh, and one without a port is not asked at all', (t) => {
  t.deepEqual(codes(job('a', [{ Name: 'a', PortLabel: '80' }])), ['DRV0805']);
  t.deepEqual(codes(job('a', [{ Name: 'a' }])), []);
  t.deepEqual(codes(job('a', [{ Name: 'a', PortLabel: '80' }, service({ Name: 'b' })])), []);
});
