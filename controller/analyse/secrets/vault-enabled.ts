import type { Fleet, FleetJob } from '../../kinds/kind.ts';
import type { MachineConfigSpec } from '../../kinds/machine-config/schema.ts';
import type { NomadClusterSpec } from '../../kinds/nomad-cluster/schema.ts';
import { findingOf } from '../../model/diagnostic-code.ts';
import { missing } from '../../model/mistake.ts';
import { groupsOf } from '../jobs/job-parts.ts';
import { pluginWords } from '../jobs/plugin-words.ts';
import type { Rule } from '../rule.ts';
import { secretCodes } from './secret-codes.ts';
import { vaultBlock } from './vault-access.ts';

/** A job gets tokens for Vault only where its Nomad has one. */
export const vaultEnabled: Rule = (fleet) => (hasVault(fleet) ? [] : fleet.jobs().flatMap(checkJob));

/** Also where nobody can tell: words of Nomad's own, or a file beside the cluster's, may name one. */
function hasVault(fleet: Fleet): boolean {
  const words = pluginWords(fleet);
  if (words === undefined || words.isInOwnWords('vault')) return true;
  const clusters = fleet.byKind<NomadClusterSpec>('NomadCluster');
  const machines = fleet.byKind<MachineConfigSpec>('MachineConfig');
  return (
    clusters.some(({ spec }) => spec.vault !== undefined) ||
    machines.some(({ spec }) => JSON.stringify(spec).includes('nomad'))
  );
}

function checkJob(fleetJob: FleetJob) {
  for (const group of groupsOf(fleetJob)) {
    const task = group.tasks.find((each) => vaultBlock(group, each) !== undefined);
    if (task === undefined) continue;
    return [
      findingOf(secretCodes.noVault, {
        span: task.locate({ block: 'vault' }),
        message: `the task ${task.name} is to have a token for Vault, and no NomadCluster names a Vault`,
        mistake: missing('vault', 'NomadCluster'),
      }),
    ];
  }
  return [];
}
