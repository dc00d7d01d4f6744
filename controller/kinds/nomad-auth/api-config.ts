import { isBlank } from '../../model/says-nothing.ts';
import { durationMs, quantityOr } from '../quantity.ts';
import { goDuration } from './go-duration.ts';
import type { NomadAuthSpec } from './schema.ts';

type Config = NomadAuthSpec['config'];

const nameByField = {
  jwksUrl: 'JWKSURL',
  jwksCaCert: 'JWKSCACert',
  jwtValidationPubKeys: 'JWTValidationPubKeys',
  oidcDiscoveryUrl: 'OIDCDiscoveryURL',
  oidcClientId: 'OIDCClientID',
  oidcEnablePkce: 'OIDCEnablePKCE',
  oidcDisableUserInfo: 'OIDCDisableUserInfo',
  oidcScopes: 'OIDCScopes',
  boundAudiences: 'BoundAudiences',
  boundIssuer: 'BoundIssuer',
  allowedRedirectUris: 'AllowedRedirectURIs',
  discoveryCaPem: 'DiscoveryCaPem',
  signingAlgs: 'SigningAlgs',
  claimMappings: 'ClaimMappings',
  listClaimMappings: 'ListClaimMappings',
  verboseLogging: 'VerboseLogging',
} as const;

const leewayByField = {
  expirationLeeway: 'ExpirationLeeway',
  notBeforeLeeway: 'NotBeforeLeeway',
  clockSkewLeeway: 'ClockSkewLeeway',
} as const;

/** The configuration as Nomad's API spells it; what says nothing is left out, as in what is read back. */
export function authConfig(config: Config): object {
  const plain = Object.entries(nameByField).map(([field, name]) => [
    name,
    config[field as keyof typeof nameByField],
  ]);
  const leeways = Object.entries(leewayByField).map(([field, name]) => {
    const ms = quantityOr(durationMs, config[field as keyof typeof leewayByField], 0);
    return [name, ms === 0 ? undefined : goDuration(ms)];
  });
  const assertion = config.oidcClientAssertion;
  const all: readonly (readonly unknown[])[] = [
    ...plain,
    ...leeways,
    ['OIDCClientAssertion', assertion === undefined ? undefined : assertionFields(assertion, config)],
  ];
  return Object.fromEntries(all.filter(([, value]) => !(value === false || isBlank(value))));
}

/** With the defaults that Nomad itself puts in. */
function assertionFields(
  assertion: NonNullable<Config['oidcClientAssertion']>,
  { oidcDiscoveryUrl = '' }: Config,
): object {
  const {
    keySource,
    audience = [oidcDiscoveryUrl],
    keyAlgorithm = 'RS256',
    extraHeaders = {},
    privateKey,
  } = assertion;
  return {
    KeySource: keySource === 'Nomad' ? 'nomad' : 'private_key',
    Audience: audience,
    KeyAlgorithm: keyAlgorithm,
    ...(Object.keys(extraHeaders).length === 0 ? {} : { ExtraHeaders: extraHeaders }),
    ...(privateKey === undefined ? {} : { PrivateKey: keyFields(privateKey) }),
  };
}

function keyFields(key: NonNullable<NonNullable<Config['oidcClientAssertion']>['privateKey']>): object {
  const { pemKeyFile, pemCertFile, keyId } = key;
  const own = pemCertFile === undefined ? 'kid' : 'x5t#S256';
  return {
    PemKeyFile: pemKeyFile,
    ...(pemCertFile === undefined ? {} : { PemCertFile: pemCertFile }),
    ...(keyId === undefined ? {} : { KeyID: keyId }),
    KeyIDHeader: key.keyIdHeader ?? own,
  };
}
