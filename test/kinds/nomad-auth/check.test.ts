import test from 'ava';
import { goDuration } from '../../../controller/kinds/nomad-auth/go-duration.ts';
import { findingsOf } from '../../fakes/findings.ts';
import type { FakeResource } from '../../fakes/fleet.ts';
import { renderUnit } from '../render-unit.ts';

const auth = (spec: object) =>
  ({
    kind: 'NomadAuth',
    name: 'ci',
    spec: { type: 'JWT', maxTokenTTL: '30m', config: { jwksUrl: 'https://a/jwks' }, ...spec },
  }) as const;
const found = (spec: object, resources: readonly FakeResource[] = []) =>
  findingsOf(auth(spec), { resources });
const oidc = { oidcDiscoveryUrl: 'https://a', oidcClientId: 'nomad' };

test('JWT takes exactly one source of keys', (t) => {
  t.deepEqual(found({}), []);
  t.deepEqual(found({ config: {} }), [
    'DRV0662 spec.config: a JWT method needs one of jwksUrl, jwtValidationPubKeys, oidcDiscoveryUrl',
  ]);
  t.deepEqual(found({ config: { jwksUrl: 'x', oidcDiscoveryUrl: 'y' } }), [
    'DRV0662 spec.config: a JWT method takes only one of jwksUrl and oidcDiscoveryUrl',
  ]);
});

test('OIDC needs a provider, a client, and a key where one signs', (t) => {
  t.deepEqual(found({ type: 'OIDC', config: oidc }), []);
  t.is(found({ type: 'OIDC', config: {} })[0]?.slice(0, 7), 'DRV0662');
  const signing = (assertion: object) => ({
    type: 'OIDC',
    config: { ...oidc, oidcClientAssertion: assertion },
  });
  t.deepEqual(found(signing({ keySource: 'Nomad' })), []);
  t.is(found(signing({ keySource: 'PrivateKey' }))[0]?.slice(0, 7), 'DRV0662');
  const key = { pemKeyFile: '/k' };
  t.is(found(signing({ keySource: 'PrivateKey', privateKey: key }))[0]?.slice(0, 7), 'DRV0604');
  t.deepEqual(found(signing({ keySource: 'PrivateKey', privateKey: { ...key, keyId: 'x' } })), []);
});

test('a client secret is refused, in clear and by reference', (t) => {
  const codes = (config: object) => found({ type: 'OIDC', config }).map((one) => one.slice(0, 35));
  t.deepEqual(codes({ ...oidc, oidcClientSecret: 'x' }), ['DRV0614 spec.config.oidcClientSecre']);
  t.is(codes({ ...oidc, oidcScopes: ['${{ secret("a", "b") }}'] }).length, 1);
});

test('a rule names what it binds to, and Management names nothing', (t) => {
  const rules = (rule: object) => found({ rules: { r: rule } }).map((one) => one.slice(0, 7));
  t.deepEqual(rules({ bindType: 'Policy', bindName: 'p' }), []);
  t.deepEqual(rules({ bindType: 'Management' }), []);
  t.deepEqual(rules({ bindType: 'Role' }), ['DRV0663']);
  t.deepEqual(rules({ bindType: 'Management', bindName: 'p' }), ['DRV0663']);
});

test('a policy that nobody declares is pointed out, where any is declared', (t) => {
  const policy: FakeResource = { kind: 'NomadACLPolicy', name: 'readers', spec: { rules: { inline: '' } } };
  const spec = (bindName: string) => ({ rules: { r: { bindType: 'Policy', bindName } } });
  t.deepEqual(found(spec('reader')), []);
  t.deepEqual(found(spec('reader'), [policy]), [
    'DRV0664 spec.rules.r.bindName: the rule gives the policy reader, which nobody declares',
  ]);
  t.deepEqual(found(spec('readers'), [policy]), []);
  t.deepEqual(found(spec('${value.team}'), [policy]), []);
});

test('a method with its rules is written as Nomad’s API reads it back', (t) => {
  const { unit, document } = renderUnit(
    auth({
      tokenLocality: 'Global',
      maxTokenTTL: '90m',
      config: {
        jwksUrl: 'https://a/jwks',
        clockSkewLeeway: '30s',
        verboseLogging: false,
        boundAudiences: ['n'],
      },
      rules: {
        b: { bindType: 'Management', selector: 'value.a == "b"' },
        a: { bindType: 'Role', bindName: 'r', description: 'people' },
      },
    }),
  );
  t.is(unit.path, 'nomad/auth/ci.json');
  t.is(unit.wave, 30);
  t.deepEqual(document, {
    Name: 'ci',
    Type: 'JWT',
    TokenLocality: 'global',
    TokenNameFormat: '${auth_method_type}-${auth_method_name}',
    MaxTokenTTL: '1h30m0s',
    Default: false,
    Config: { JWKSURL: 'https://a/jwks', ClockSkewLeeway: '30s', BoundAudiences: ['n'] },
    BindingRules: [
      { Description: 'people', Selector: '', BindType: 'role', BindName: 'r' },
      { Description: 'b', Selector: 'value.a == "b"', BindType: 'management', BindName: '' },
    ],
  });
});

test('an assertion carries the defaults that Nomad puts in', (t) => {
  const config = { ...oidc, oidcClientAssertion: { keySource: 'Nomad' } };
  const { document } = renderUnit(auth({ type: 'OIDC', config }));
  t.deepEqual(document['Config'], {
    OIDCDiscoveryURL: 'https://a',
    OIDCClientID: 'nomad',
    OIDCClientAssertion: { KeySource: 'nomad', Audience: ['https://a'], KeyAlgorithm: 'RS256' },
  });
});

test('durations are spelled as Go spells them', (t) => {
  const spelled = [0, 500, 30_000, 90_000, 3_600_000, 86_400_000, 3_661_500].map(goDuration);
  t.deepEqual(spelled, ['0s', '500ms', '30s', '1m30s', '1h0m0s', '24h0m0s', '1h1m1.5s']);
});
