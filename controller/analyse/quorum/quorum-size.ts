import type { Selector } from '../../kinds/fields.ts';
import type { Fleet } from '../../kinds/kind.ts';
import { selectorHint } from '../../kinds/selector-hint.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { type CodeEntry, findingOf } from '../../model/diagnostic-code.ts';
import { canonicalJson } from '../../model/json.ts';
import { missing } from '../../model/mistake.ts';
import type { Rule } from '../rule.ts';
import { type CountedCluster, countedClusters, programTitle } from './counted-clusters.ts';
import { namesInShort } from './names-in-short.ts';
import { quorumCodes } from './quorum-codes.ts';

/** A quorum has three or five servers; one only where the cluster is for development. */
export const quorumSize: Rule = (fleet) =>
  countedClusters(fleet).flatMap((cluster) => {
    const entry = wrongSize(cluster);
    return entry === undefined ? [] : [sizeFinding(cluster, entry, fleet)];
  });

function wrongSize({ members, resource }: CountedCluster): CodeEntry | undefined {
  const count = members.servers.length;
  if (count === 0) return quorumCodes.none;
  if (count === 1) return resource.spec.development === true ? undefined : quorumCodes.single;
  if (count % 2 === 0) return quorumCodes.even;
  return count > 5 ? quorumCodes.many : undefined;
}

function sizeFinding(cluster: CountedCluster, entry: CodeEntry, fleet: Fleet): Diagnostic {
  const { resource, members } = cluster;
  const count = members.servers.length;
  const listed = count === 0 ? '' : `: ${namesInShort(members.servers)}`;
  return findingOf(entry, {
    span: resource.locate(['spec', 'servers']),
    // Consul, Nomad and Vault often stand on the same servers, whose number is then wrong for all of them.
    mistake: missing(`servers ${entry.code}`, canonicalJson(resource.spec.servers)),
    ...(entry === quorumCodes.none ? noServers(resource.spec.servers, fleet) : {}),
    message: `the ${programTitle(cluster)} cluster ${resource.metadata.name} has ${count} ${count === 1 ? 'server' : 'servers'} in ${fleet.environment.name}${listed}`,
  });
}

function noServers(selector: Selector, fleet: Fleet): Pick<Diagnostic, 'mistake' | 'hint'> {
  const labelled = fleet.byKind('Server').map(({ metadata }) => metadata.labels);
  const hint = selectorHint(selector, labelled);
  const mistake = missing('server', canonicalJson(selector));
  return hint === undefined ? { mistake } : { mistake, hint };
}
