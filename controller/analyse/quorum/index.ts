import type { Rule } from '../rule.ts';
import { consulAgents } from './consul-agents.ts';
import { membersInRegion } from './members-in-region.ts';
import { memoryMaximum } from './memory-maximum.ts';
import { newerClients } from './newer-clients.ts';
import { oneClusterAProgram } from './one-cluster-a-program.ts';
import { quorumLabels } from './quorum-labels.ts';
import { quorumSize } from './quorum-size.ts';
import { quorumSpread } from './quorum-spread.ts';
import { serversBesideClients } from './servers-beside-clients.ts';
import { vaultNeedsItself } from './vault-needs-itself.ts';
import { vaultSeal } from './vault-seal.ts';

export const quorumRules: readonly Rule[] = [
  quorumSize,
  quorumSpread,
  serversBesideClients,
  oneClusterAProgram,
  membersInRegion,
  consulAgents,
  newerClients,
  vaultSeal,
  vaultNeedsItself,
  quorumLabels,
  memoryMaximum,
];
