import type { Fleet } from '../../kinds/kind.ts';
import type { Diagnostic, Span } from '../../model/diagnostic.ts';
import { findingOf } from '../../model/diagnostic-code.ts';
import { didYouMean } from '../../model/nearest.ts';
import type { Rule } from '../rule.ts';
import { jobCodes } from './job-codes.ts';

interface Mention {
  readonly what: string;
  readonly pool: string;
  readonly span: () => Span;
}

/** Jobs and volumes name node pools that are there. Without any NomadNodePool they are made elsewhere. */
export const undeclaredNodePool: Rule = (fleet) => {
  const declared = fleet.byKind('NomadNodePool').map(({ metadata }) => metadata.name);
  if (declared.length === 0) return [];
  // Nomad makes a pool when the first server comes with its name.
  const joined = fleet.byKind<{ nodePool?: string }>('Server').flatMap(({ spec }) => spec.nodePool ?? []);
  const known = new Set(['default', 'all', '', ...declared, ...joined]);
  return [...jobMentions(fleet), ...volumeMentions(fleet)]
    .filter(({ pool }) => !known.has(pool) && fleet.isBroken?.(`NomadNodePool/${pool}`) !== true)
    .map((mention) => told(mention, [...declared, ...joined]));
};

function told({ what, pool, span }: Mention, names: readonly string[]): Diagnostic {
  const message = `${what} wants the node pool ${pool}, which nobody declares`;
  return findingOf(jobCodes.undeclaredNodePool, { span: span(), message, hint: didYouMean(pool, names) });
}

/** Where the clients are known, a pool without any is an error of placement already. */
function jobMentions(fleet: Fleet): readonly Mention[] {
  if (fleet.byKind('NomadCluster').length > 0) return [];
  return fleet.jobs().map((found) => {
    const { NodePool: pool } = found.job;
    const span = () => found.locate({ attribute: 'node_pool' });
    return { what: `the job ${found.id}`, pool: typeof pool === 'string' ? pool : '', span };
  });
}

function volumeMentions(fleet: Fleet): readonly Mention[] {
  return fleet.byKind<{ nodePool?: string }>('NomadVolume').map((volume) => ({
    what: `the volume ${volume.metadata.name}`,
    pool: volume.spec.nodePool ?? '',
    span: () => volume.locate(['spec', 'nodePool']),
  }));
}
