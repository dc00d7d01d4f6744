import { isJsonObject, type JsonObject } from '../../../model/json.ts';
import type { Secrets, SecretVersion } from '../../../ports/secrets.ts';
import { planSecret } from '../generate-secret.ts';
import { documentOf, requirePort } from '../require-port.ts';
import type { Comparison, Removal, Target } from '../target.ts';

const generationNote = 'drover-generation';
const rotatedAtNote = 'drover-rotated-at';

/**
 * A secret whose values are made once and never leave Vault. Which generation a secret has is told by two notes in its
 * custom metadata, written before the values: the generation, and the version that will carry it. So a stop between
 * the two writes repeats nothing and loses nothing. Without notes it is the first.
 */
export const vaultSecret: Target = {
  kind: 'vault-secret',
  rank: 2,

  async compare(unit, context, signal): Promise<Comparison> {
    const secrets = requirePort(context.ports.secrets, 'Vault');
    const path = unit.entry.key;
    const document = documentOf(unit);
    const version = await secrets.version(path, signal);
    const lost = lostReason(version, context.history.converged.has(unit.name));
    if (lost !== undefined) return { state: 'failed', message: `SecretLost: ${path} ${lost}` };
    const current = version === undefined ? {} : await secrets.read(path, version.version, signal);
    const rotate = version !== undefined && isDue(version, generationOf(document));
    const keys = isJsonObject(document['keys']) ? document['keys'] : {};
    const randomBytes = (length: number) => context.ports.clock.randomBytes(length);
    const plan = planSecret({ keys, current, rotate, randomBytes });
    if (plan.values === undefined) return settled(plan.awaited);
    const { values } = plan;
    return {
      state: version === undefined ? 'absent' : 'differs',
      notes: [
        rotate
          ? `rotated to generation ${generationOf(document)}`
          : `made: ${plan.made.join(', ') || 'templates'}`,
      ],
      additive: !rotate,
      write: (writeSignal) =>
        writeSecret(
          secrets,
          { path, version, values, generation: generationOf(document), rotate },
          writeSignal,
        ),
    };
  },

  async remove(entry): Promise<Removal> {
    // Who else reads it is not known here, and a deleted value can't be made again.
    const hint = entry.options.prune === 'Delete' ? ': delete it by hand' : '';
    return { state: 'orphaned', message: `secrets are never deleted by Drover${hint}` };
  },
};

function lostReason(version: SecretVersion | undefined, wasConverged: boolean): string | undefined {
  if (version?.deleted === true) {
    return `was deleted at version ${version.version}: undelete it, or destroy its metadata to have it made anew`;
  }
  if (version === undefined && wasConverged) {
    return 'existed and is gone: restore it, or put new values in yourself';
  }
  return undefined;
}

function settled(awaited: readonly { key: string; owner: string }[]): Comparison {
  if (awaited.length === 0) return { state: 'equal' };
  const names = awaited.map(({ key, owner }) => `"${key}" from ${owner}`).join(', ');
  // What uses it waits by itself; everything else need not.
  return { state: 'waits', message: `waits for ${names}`, blocks: false };
}

function generationOf(document: JsonObject): number {
  return typeof document['generation'] === 'number' ? document['generation'] : 1;
}

function isDue(version: SecretVersion, generation: number): boolean {
  const noted = Number(version.notes[generationNote] ?? '1');
  if (generation > noted) return true;
  return generation === noted && version.version < Number(version.notes[rotatedAtNote] ?? '0');
}

async function writeSecret(
  secrets: Secrets,
  request: {
    path: string;
    version: SecretVersion | undefined;
    values: Readonly<Record<string, string>>;
    generation: number;
    rotate: boolean;
  },
  signal: AbortSignal,
): Promise<readonly string[]> {
  const { path, version, values, generation, rotate } = request;
  const expectedVersion = version?.version ?? 0;
  if (rotate || (version === undefined && generation > 1)) {
    const notes = { [generationNote]: String(generation), [rotatedAtNote]: String(expectedVersion + 1) };
    await secrets.annotate(path, notes, signal);
  }
  await secrets.write(path, { values, expectedVersion }, signal);
  return [];
}
