import test from 'ava';
import { consulConfigEntry } from '../../../controller/kinds/consul-config-entry/index.ts';
import type { ConsulConfigEntrySpec } from '../../../controller/kinds/consul-config-entry/schema.ts';
import { findingsOf } from '../../fakes/findings.ts';
import { fakeFleet, fakeResource } from '../../fakes/fleet.ts';

function findings(spec: ConsulConfigEntrySpec, around: readonly ConsulConfigEntrySpec[] = []) {
  const resources = around.map((other, index) => ({
    kind: 'ConsulConfigEntry' as const,
    name: `other-${index}`,
    spec: other,
  }));
  return findingsOf({ kind: 'ConsulConfigEntry', name: 'entry', spec }, { resources });
}

const router: ConsulConfigEntrySpec = {
  type: 'ServiceRouter',
  name: 'web',
  config: { Routes: [{ Destination: { Service: 'web', ServiceSubset: 'v1' } }] },
};

test('a router is refused where the definitions say tcp, and nothing is said where they are silent', (t) => {
  t.deepEqual(findings(router), []);
  const tcp: ConsulConfigEntrySpec = { type: 'ServiceDefaults', name: 'web', config: { protocol: 'tcp' } };
  t.regex(findings(router, [tcp]).join(), /^DRV0668 spec.type: the protocol of web is tcp/);
  const proxies: ConsulConfigEntrySpec = { type: 'ProxyDefaults', config: { Config: { protocol: 'tcp' } } };
  t.regex(findings(router, [proxies]).join(), /^DRV0668/);
  const http: ConsulConfigEntrySpec = { type: 'ServiceDefaults', name: 'web', config: { Protocol: 'http' } };
  t.deepEqual(findings(router, [proxies, http]), []);
});

test('weights are counted in hundredths, in either spelling', (t) => {
  const split = (...weights: number[]): ConsulConfigEntrySpec => ({
    type: 'ServiceSplitter',
    name: 'web',
    config: { splits: weights.map((weight) => ({ weight })) },
  });
  t.deepEqual(findings(split(33.33, 33.33, 33.34)), []);
  t.regex(findings(split(33.3, 33.3, 33.3)).join(), /^DRV0667 spec.config.splits: the weights are 99.9/);
});

test('an intention names each source once, with one thing that it may do', (t) => {
  const intentions = (...sources: object[]): ConsulConfigEntrySpec => ({
    type: 'ServiceIntentions',
    name: 'db',
    config: { Sources: sources },
  });
  t.regex(findings(intentions()).join(), /no Sources/);
  t.regex(findings(intentions({ Name: 'a', Action: 'permit' })).join(), /can’t have the Action "permit"/);
  t.regex(findings(intentions({ Name: 'a', Action: 'allow', Permissions: [] })).join(), /takes one of them/);
  const twice = findings(intentions({ Name: 'a', Action: 'allow' }, { Name: 'a', Action: 'deny' }));
  t.regex(twice.join(), /^DRV0669 spec.config.Sources.1: the source a is named twice/);
  t.deepEqual(
    findings(intentions({ Name: 'a', Action: 'allow' }, { Name: 'a', Peer: 'b', Action: 'deny' })),
    [],
  );
});

test('the rendered entry carries Consul’s own kind and name', (t) => {
  const spec: ConsulConfigEntrySpec = { type: 'ProxyDefaults', config: { Config: { protocol: 'http' } } };
  const resource = fakeResource<ConsulConfigEntrySpec>({ kind: 'ConsulConfigEntry', name: 'proxies', spec });
  const rendered = consulConfigEntry.render?.(resource, fakeFleet({ resources: [] }));
  const [unit] = rendered?.units ?? [];
  t.is(unit?.key, 'proxy-defaults/global');
  t.is(unit?.path, 'consul/config-entries/proxy-defaults/global.json');
  const document: unknown = JSON.parse(new TextDecoder().decode(unit?.files.get(unit.path)));
  t.deepEqual(document, { Config: { protocol: 'http' }, Kind: 'proxy-defaults', Name: 'global' });
});

test('a secret never stands in a config entry', (t) => {
  const spec: ConsulConfigEntrySpec = {
    type: 'JWTProvider',
    config: { Issuer: '${{ secret("kv/a", "b") }}' },
  };
  t.regex(findings(spec).join(), /^DRV0614/);
});
