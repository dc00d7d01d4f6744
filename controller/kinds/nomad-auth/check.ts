import type { Diagnostic } from '../../model/diagnostic.ts';
import { didYouMean } from '../../model/nearest.ts';
import type { FieldPath, Resource } from '../../model/resource.ts';
import { exactlyOne } from '../exactly-one.ts';
import { finding } from '../finding.ts';
import type { Fleet } from '../kind.ts';
import { kindCodes } from '../kind-codes.ts';
import { mentionsSecret } from '../mentions-secret.ts';
import { nomadCodes } from '../nomad-codes.ts';
import type { NomadAuthSpec } from './schema.ts';

export function checkNomadAuth(resource: Resource<NomadAuthSpec>, fleet: Fleet): readonly Diagnostic[] {
  return [
    ...checkSource(resource),
    ...checkKey(resource),
    ...checkSecrets(resource),
    ...Object.keys(resource.spec.rules ?? {}).flatMap((name) => checkRule(resource, fleet, name)),
  ];
}

/** What proves an identity: JWT takes exactly one source of keys, OIDC a provider and a client. */
function checkSource(resource: Resource<NomadAuthSpec>): readonly Diagnostic[] {
  const message = sourceProblem(resource.spec);
  return message === undefined
    ? []
    : [finding(resource, ['spec', 'config'], { entry: nomadCodes.authConfig, message, part: 'key' })];
}

function sourceProblem({ type, config }: NomadAuthSpec): string | undefined {
  if (type === 'OIDC') {
    const missing = (['oidcDiscoveryUrl', 'oidcClientId'] as const).filter(
      (field) => config[field] === undefined,
    );
    if (missing.length > 0) return `an OIDC method needs ${missing.join(' and ')}`;
    const assertion = config.oidcClientAssertion;
    const lacksKey = assertion?.keySource === 'PrivateKey' && assertion.privateKey === undefined;
    return lacksKey ? 'an assertion that is signed by PrivateKey needs privateKey' : undefined;
  }
  const sources = ['jwksUrl', 'jwtValidationPubKeys', 'oidcDiscoveryUrl'] as const;
  const set = sources.filter((field) => config[field] !== undefined);
  if (set.length === 1) return undefined;
  return set.length === 0
    ? `a JWT method needs one of ${sources.join(', ')}`
    : `a JWT method takes only one of ${set.join(' and ')}`;
}

function checkKey(resource: Resource<NomadAuthSpec>): readonly Diagnostic[] {
  const key = resource.spec.config.oidcClientAssertion?.privateKey;
  const at = ['spec', 'config', 'oidcClientAssertion', 'privateKey'];
  return key === undefined ? [] : exactlyOne(resource, at, key, ['pemCertFile', 'keyId']);
}

function checkSecrets(resource: Resource<NomadAuthSpec>): readonly Diagnostic[] {
  const { config } = resource.spec;
  const field: FieldPath =
    config.oidcClientSecret === undefined ? ['spec', 'config'] : ['spec', 'config', 'oidcClientSecret'];
  if (config.oidcClientSecret === undefined && !mentionsSecret(config)) return [];
  return [
    finding(resource, field, {
      entry: kindCodes.secretExposed,
      message: 'the rendered tree shows the method in clear: it can’t hold a client secret',
      hint: 'let Nomad sign instead: oidcClientAssertion: {keySource: Nomad}, or use a public client with oidcEnablePkce',
    }),
  ];
}

function checkRule(resource: Resource<NomadAuthSpec>, fleet: Fleet, name: string): readonly Diagnostic[] {
  const rule = resource.spec.rules?.[name];
  if (rule === undefined) return [];
  const { bindType, bindName } = rule;
  const isManagement = bindType === 'Management';
  if (isManagement !== (bindName === undefined)) {
    const message = isManagement
      ? 'a rule that binds to Management names nothing'
      : `a rule that binds to a ${bindType.toLowerCase()} needs its name`;
    const at = ['spec', 'rules', name, ...(isManagement ? ['bindName'] : [])];
    return [finding(resource, at, { entry: nomadCodes.bindingName, message, part: 'key' })];
  }
  return bindType === 'Policy' ? checkPolicy(resource, fleet, { name, policy: bindName ?? '' }) : [];
}

/** Only where definitions speak of policies at all: others may be made elsewhere. */
function checkPolicy(
  resource: Resource<NomadAuthSpec>,
  fleet: Fleet,
  { name, policy }: { name: string; policy: string },
): readonly Diagnostic[] {
  const names = fleet.byKind('NomadACLPolicy').map(({ metadata }) => metadata.name);
  const isKnown = names.includes(policy) || fleet.isBroken?.(`NomadACLPolicy/${policy}`) === true;
  if (names.length === 0 || isKnown || policy.includes('${')) return [];
  const message = `the rule gives the policy ${policy}, which nobody declares`;
  const hint = didYouMean(policy, names);
  return [
    finding(resource, ['spec', 'rules', name, 'bindName'], {
      entry: nomadCodes.bindingPolicy,
      message,
      hint,
    }),
  ];
}
