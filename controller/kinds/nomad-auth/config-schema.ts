import { fields } from '../fields.ts';

const { optional, text, object, map, list, word, flag, duration } = fields;

const texts = (item: string, description: string) => optional(list(text(item), description));

const clientAssertion = object(
  {
    keySource: word(
      ['Nomad', 'PrivateKey'],
      'Who signs: Nomad’s own keyring, or a key in a file of the servers.',
    ),
    audience: texts('An audience.', 'Audiences of the assertion; the discovery URL when absent.'),
    keyAlgorithm: optional(text('Algorithm of the signature.', { default: 'RS256' })),
    extraHeaders: optional(map(text('A value.'), 'More headers of the assertion.')),
    privateKey: optional(
      object(
        {
          pemKeyFile: text('Path of the key on every Nomad server.'),
          pemCertFile: optional(text('Path of its certificate on every Nomad server.')),
          keyId: optional(text('Id of the key at the provider.')),
          keyIdHeader: optional(word(['kid', 'x5t', 'x5t#S256'], 'The header that names the key.')),
        },
        'The key of PrivateKey.',
      ),
    ),
  },
  'OIDC: a signed assertion instead of a client secret.',
);

export const authConfigSchema = object(
  {
    jwksUrl: optional(text('JWT: where the keys that sign identities are served.')),
    jwksCaCert: optional(text('JWT: the CA of `jwksUrl`, as PEM.')),
    jwtValidationPubKeys: texts('A key as PEM.', 'JWT: the keys that sign identities.'),
    oidcDiscoveryUrl: optional(text('Base URL of the provider, without `.well-known`.')),
    oidcClientId: optional(text('OIDC: the client’s id at the provider.')),
    oidcClientSecret: optional(
      text('OIDC: refused, since definitions are readable. Use `oidcClientAssertion` or `oidcEnablePkce`.'),
    ),
    oidcClientAssertion: optional(clientAssertion),
    oidcEnablePkce: optional(flag('OIDC: whether a login is bound to the browser that began it.', false)),
    oidcDisableUserInfo: optional(flag('OIDC: whether the provider’s user info is left unread.', false)),
    oidcScopes: texts('A scope.', 'OIDC: scopes that are asked for beside `openid`.'),
    boundAudiences: texts('An audience.', 'Audiences that an identity may have.'),
    boundIssuer: texts('An issuer.', 'Issuers that an identity may have.'),
    allowedRedirectUris: texts('A URL.', 'OIDC: where a login may come back to.'),
    discoveryCaPem: texts('A certificate as PEM.', 'CAs of `oidcDiscoveryUrl`.'),
    signingAlgs: texts('An algorithm.', 'Algorithms of signatures that are taken.'),
    expirationLeeway: optional(duration('How much later than its end an identity is taken.')),
    notBeforeLeeway: optional(duration('How much earlier than its begin an identity is taken.')),
    clockSkewLeeway: optional(duration('How far clocks may be apart.')),
    claimMappings: optional(
      map(text('The name in selectors: `value.NAME`.'), 'Claims by their name in the identity.'),
    ),
    listClaimMappings: optional(
      map(
        text('The name in selectors: `list.NAME`.'),
        'Claims that are lists, by their name in the identity.',
      ),
    ),
    verboseLogging: optional(flag('Whether logins are logged with their claims.', false)),
  },
  'How identities are proven.',
);
