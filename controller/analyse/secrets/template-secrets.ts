import type { Fleet } from '../../kinds/kind.ts';
import type { VaultSecretSpec } from '../../kinds/vault-secret/schema.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { findingOf } from '../../model/diagnostic-code.ts';
import { missingSecretKey } from '../../model/mistake.ts';
import { didYouMean } from '../../model/nearest.ts';
import type { Resource } from '../../model/resource.ts';
import type { Kinds, Rule } from '../rule.ts';
import { secretCodes } from './secret-codes.ts';
import {
  declaredBeside,
  doubtfulPaths,
  type SecretRead,
  secretReads,
  secretsByPath,
} from './vault-mounts.ts';

type Secrets = ReadonlyMap<string, Resource<VaultSecretSpec>>;

/** Templates read secrets that are declared, by paths and keys that they have. */
export const templateSecrets: Rule = (fleet, kinds) => {
  const secrets = secretsByPath(fleet);
  const doubtful = doubtfulPaths(fleet, kinds);
  const reads = secretReads(fleet).filter(({ mount, name }) => !doubtful.has(`${mount}/${name ?? ''}`));
  // One whose path is wrong may be the one that is read.
  const isComplete = fleet.mayMiss?.('VaultSecret') !== true && doubtful.size === 0;
  return reads.flatMap((read) => judge(read, { fleet, secrets, isComplete, kinds }));
};

interface Known {
  readonly fleet: Fleet;
  readonly secrets: Secrets;
  readonly isComplete: boolean;
  readonly kinds: Kinds;
}

function judge(secretRead: SecretRead, { fleet, secrets, isComplete, kinds }: Known): readonly Diagnostic[] {
  const { template, mount, path, name, read } = secretRead;
  const span = template.locate('data', read.argument);
  if (name === undefined) {
    const rest = path.slice(mount.length + 1);
    const message = `${path} is read from the mount ${mount}, which is KV version 2`;
    const meant = secrets.get(`${mount}/${rest}`);
    return [
      findingOf(secretCodes.withoutData, { span, message, hint: `write ${mount}/data/${rest}` }),
      ...(meant === undefined ? [] : keyFindings(secretRead, meant)),
    ];
  }
  const secret = secrets.get(`${mount}/${name}`);
  if (secret !== undefined)
    return isNamedBy(secretRead, secret, kinds) ? [] : keyFindings(secretRead, secret);
  const siblings = declaredBeside(secretRead, fleet);
  if (siblings.length === 0 || !isComplete) return outerKeys(secretRead);
  const message = `no VaultSecret has the path ${mount}/${name}, which a template of ${template.task.name} reads`;
  const hint = didYouMean(`${mount}/${name}`, siblings);
  return [findingOf(secretCodes.undeclaredSecret, { span, message, hint }), ...outerKeys(secretRead)];
}

/** A definition that names the secret itself has its keys checked there. */
function isNamedBy({ template }: SecretRead, { metadata }: Resource<VaultSecretSpec>, kinds: Kinds): boolean {
  const { resource } = template.group.fleetJob;
  const kind = [...kinds.values()].find(({ name }) => name === resource.kind);
  const references = kind?.references?.(resource) ?? [];
  return references.some((reference) => reference.kind === 'VaultSecret' && reference.name === metadata.name);
}

function keyFindings(secretRead: SecretRead, secret: Resource<VaultSecretSpec>): readonly Diagnostic[] {
  const keys = Object.keys(secret.spec.keys);
  const asked = new Set(
    secretRead.read.fields.flatMap(([outer, inner, key]) =>
      outer === 'Data' && inner === 'data' && key !== undefined ? [key] : [],
    ),
  );
  const unknown = [...asked].filter((key) => !keys.includes(key));
  return [
    ...outerKeys(secretRead),
    ...unknown.map((key) =>
      findingOf(secretCodes.unknownKey, {
        span: secretRead.template.locate('data', secretRead.read.argument, key),
        message: `${secret.spec.path} has no key ${key}`,
        hint: didYouMean(key, keys) ?? `its keys are ${keys.join(', ')}`,
        related: [{ message: `the keys of ${secret.metadata.name}`, span: secret.locate(['spec', 'keys']) }],
        mistake: missingSecretKey(secret.metadata.name, key),
      }),
    ),
  ];
}

/** Fields of the answer that are no key: the words of Vault itself. */
const answer: readonly string[] = ['data', 'metadata'];

function outerKeys({ template, read, path }: SecretRead): readonly Diagnostic[] {
  const wrong = new Set(
    read.fields.flatMap(([outer, inner]) =>
      outer === 'Data' && inner !== undefined && !answer.includes(inner) ? [inner] : [],
    ),
  );
  return [...wrong].map((key) =>
    findingOf(secretCodes.outerKey, {
      span: template.locate('data', read.argument, key),
      message: `.Data.${key} asks for ${key} beside the data of ${path}`,
      hint: `write .Data.data.${key}`,
    }),
  );
}
