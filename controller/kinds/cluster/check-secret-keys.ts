import type { VaultSecretSpec } from '../../kinds/vault-secret/schema.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { missingSecretKey } from '../../model/mistake.ts';
import { didYouMean } from '../../model/nearest.ts';
import type { FieldPath, Resource } from '../../model/resource.ts';
import { finding } from '../finding.ts';
import type { Fleet, Reference } from '../kind.ts';
import { clusterCodes } from './cluster-codes.ts';
import type { SecretKey } from './cluster-fields.ts';

export interface ExpectedSecret {
  readonly from: SecretKey | undefined;
  readonly at: FieldPath;
  readonly form: 'gossip' | 'authority';
}

type KeyDefinition = VaultSecretSpec['keys'][string];

/** The gossip key and the authority of a cluster that has both fields. */
export function expectedSecrets(spec: {
  readonly gossipKey?: SecretKey;
  readonly tls?: { readonly ca: SecretKey };
}): readonly ExpectedSecret[] {
  return [
    { from: spec.gossipKey, at: ['spec', 'gossipKey'], form: 'gossip' },
    { from: spec.tls?.ca, at: ['spec', 'tls', 'ca'], form: 'authority' },
  ];
}

export function secretReferences(secrets: readonly ExpectedSecret[]): readonly Reference[] {
  return secrets.flatMap(({ from, at }) =>
    from === undefined ? [] : [{ kind: 'VaultSecret', name: from.secret, at: [...at, 'secret'] }],
  );
}

/** The key exists, and what makes it makes what the program takes. That the secret exists is checked with all references. */
export function checkSecretKeys<S>(
  resource: Resource<S>,
  fleet: Fleet,
  secrets: readonly ExpectedSecret[],
): readonly Diagnostic[] {
  return secrets.flatMap(({ from, at, form }) => {
    const secret = from === undefined ? undefined : fleet.find<VaultSecretSpec>('VaultSecret', from.secret);
    if (from === undefined || secret === undefined) return [];
    const definition = secret.spec.keys[from.key];
    const place = { message: 'the secret is declared here', span: secret.locate(['spec', 'keys'], 'key') };
    if (definition === undefined) {
      const message = `the secret ${from.secret} has no key ${from.key}`;
      const hint = didYouMean(from.key, Object.keys(secret.spec.keys));
      const mistake = missingSecretKey(from.secret, from.key);
      const problem = { entry: clusterCodes.secretKey, message, hint, related: [place], mistake };
      return [finding(resource, [...at, 'key'], problem)];
    }
    const message = form === 'gossip' ? gossipProblem(definition) : authorityProblem(definition);
    if (message === undefined) return [];
    const problem = {
      entry: clusterCodes.secretForm,
      message: `${from.key} ${message}`,
      related: [place],
    };
    return [finding(resource, [...at, 'key'], problem)];
  });
}

/** What people put in, and what is made of other keys, is not known here. */
function gossipProblem({ generate }: KeyDefinition): string | undefined {
  if (generate === undefined) return undefined;
  const { bytes, encoding = 'base64' } = generate;
  const isKey = bytes !== undefined && [16, 24, 32].includes(bytes) && encoding === 'base64';
  return isKey ? undefined : 'is no gossip key: that is 32 random bytes in base64';
}

function authorityProblem({ generate }: KeyDefinition): string | undefined {
  return generate === undefined || generate.ca !== undefined
    ? undefined
    : 'is no certificate of an authority';
}
