import type { Resource } from '../../model/resource.ts';

/** `drover.dev/quorum: "consul,nomad"`: the groups whose members take turns. */
export const quorumLabel = 'drover.dev/quorum';

export const quorumPrograms: ReadonlySet<string> = new Set(['consul', 'nomad', 'vault']);

/** The quorum groups that a server's label names, sorted, each once. */
export function quorumGroups<S>(server: Resource<S>): readonly string[] {
  const written = server.metadata.labels[quorumLabel] ?? '';
  const groups = written.split(',').map((group) => group.trim());
  return [...new Set(groups.filter((group) => group !== ''))].sort();
}
