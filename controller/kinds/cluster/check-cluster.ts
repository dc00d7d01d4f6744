import { isPlainPath } from '../../kinds/machine-config/check-path.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { canonicalJson } from '../../model/json.ts';
import { missing } from '../../model/mistake.ts';
import type { Resource } from '../../model/resource.ts';
import { carriedFields } from '../carried-fields.ts';
import type { Selector } from '../fields.ts';
import { finding } from '../finding.ts';
import type { Fleet } from '../kind.ts';
import { kindCodes } from '../kind-codes.ts';
import { matchesSelector } from '../selector.ts';
import { checkInstallation } from './check-installation.ts';
import { checkOwnWords, type OwnWords } from './check-own-words.ts';
import { checkSecretKeys, type ExpectedSecret } from './check-secret-keys.ts';
import { clusterCodes } from './cluster-codes.ts';
import type { ClusterSpec } from './cluster-fields.ts';
import { clusterMembers } from './members.ts';

export interface ClusterProgram {
  readonly program: 'consul' | 'nomad' | 'vault';
  readonly secrets: readonly ExpectedSecret[];
  readonly words: readonly OwnWords[];
}

/** What holds for every cluster, whatever its program. */
export function checkCluster<S extends ClusterSpec & { readonly tls?: object }>(
  resource: Resource<S>,
  fleet: Fleet,
  { program, secrets, words }: ClusterProgram,
): readonly Diagnostic[] {
  return [
    ...checkVersions(resource),
    ...checkBinary(resource),
    ...checkInstallation(resource, fleet, program),
    ...checkSelectors(resource, fleet),
    ...checkSecretKeys(resource, fleet, secrets),
    ...checkOwnWords(resource, fleet, words),
    ...checkCertificates(resource, program),
    ...carriedFields(resource, ['upgrade', 'adopt']),
  ];
}

function checkVersions<S extends ClusterSpec>(resource: Resource<S>): readonly Diagnostic[] {
  const { version, overrides = [] } = resource.spec;
  const written = [
    { version, at: ['spec', 'version'] },
    ...overrides.map((override, index) => ({
      version: override.version,
      at: ['spec', 'overrides', index, 'version'],
    })),
  ];
  return written.flatMap(({ version, at }) =>
    version === undefined || /^\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?(?:\+ent[0-9A-Za-z.-]*)?$/.test(version)
      ? []
      : [
          finding(resource, at, {
            entry: clusterCodes.version,
            message: `"${version}" is no version: three numbers are needed`,
          }),
        ],
  );
}

function checkBinary<S extends ClusterSpec>(resource: Resource<S>): readonly Diagnostic[] {
  const { binary } = resource.spec;
  if (binary === undefined || isPlainPath(binary)) return [];
  const message = `"${binary}" is no plain absolute path`;
  return [finding(resource, ['spec', 'binary'], { entry: kindCodes.path, message })];
}

/** A cluster without servers is the business of the quorum's own rule. */
function checkSelectors<S extends ClusterSpec>(resource: Resource<S>, fleet: Fleet): readonly Diagnostic[] {
  if (fleet.mayMiss?.('Server') === true) return [];
  const { clients, overrides = [] } = resource.spec;
  const members = clusterMembers(resource, fleet);
  const all = [...members.servers, ...members.clients];
  const nothing = (at: readonly (string | number)[], what: string, selector: Selector) =>
    finding(resource, at, {
      entry: kindCodes.selectsNothing,
      message: `${what} of ${resource.metadata.name} match no server of ${fleet.environment.name}`,
      mistake: missing('server', canonicalJson(selector)),
    });
  const idle = overrides.flatMap(({ selector }, index) =>
    all.length === 0 || all.some(({ labels }) => matchesSelector(selector, labels))
      ? []
      : [nothing(['spec', 'overrides', index, 'selector'], 'the members that an override names', selector)],
  );
  const hasClients = clients === undefined || members.clients.length > 0;
  return hasClients ? idle : [...idle, nothing(['spec', 'clients'], 'the clients', clients)];
}

/** Certificates of members are not made yet; the agents are not touched before they are there. */
function checkCertificates<S extends { readonly tls?: object }>(
  resource: Resource<S>,
  program: string,
): readonly Diagnostic[] {
  if (resource.spec.tls === undefined) return [];
  const message = `the certificates of ${program}’s members are not made by this version: each server needs its own below /etc/${program}.d/tls`;
  const hint = 'put cert.pem and key.pem there before the first payload';
  return [finding(resource, ['spec', 'tls'], { entry: kindCodes.notApplied, message, hint, part: 'key' })];
}
