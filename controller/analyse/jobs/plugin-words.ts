import type { Fleet } from '../../kinds/kind.ts';
import type { NomadClusterSpec } from '../../kinds/nomad-cluster/schema.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import { objectOf } from '../../model/json-values.ts';

/** What the definitions say of the plugins of clients. */
export interface PluginWords {
  /** Configurations of that plugin, one of each cluster; empty objects where nothing is written. */
  configs(plugin: string): readonly JsonObject[];
  /** Whether a word stands anywhere in what is merged last: it may say anything of plugins. */
  isInOwnWords(word: string): boolean;
  readonly names: readonly string[];
}

/** None where nobody is said to be a client. */
export function pluginWords(fleet: Fleet): PluginWords | undefined {
  const clusters = fleet.byKind<NomadClusterSpec>('NomadCluster');
  if (clusters.length === 0 || fleet.mayMiss?.('NomadCluster') === true) return undefined;
  const own = clusters.map(({ spec }) => JSON.stringify([spec.config, spec.clientConfig, spec.overrides]));
  return {
    configs: (plugin) => clusters.map(({ spec }) => objectOf(spec.plugins?.[plugin] as Json | undefined)),
    isInOwnWords: (word) => own.some((text) => text.includes(word)),
    names: clusters.flatMap(({ spec }) => Object.keys(spec.plugins ?? {})),
  };
}
