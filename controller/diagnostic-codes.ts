import { analyseCodes } from './analyse/analyse-codes.ts';
import { environmentCodes } from './analyse/environments/environment-codes.ts';
import { governanceCodes } from './analyse/governance/governance-codes.ts';
import { waiverCodes } from './analyse/governance/waiver-codes.ts';
import { driverCodes } from './analyse/jobs/driver-codes.ts';
import { jobCodes } from './analyse/jobs/job-codes.ts';
import { machineCodes } from './analyse/machines/machine-codes.ts';
import { networkCodes } from './analyse/networks/network-codes.ts';
import { placementCodes } from './analyse/placement/placement-codes.ts';
import { portCodes } from './analyse/ports/port-codes.ts';
import { quorumCodes } from './analyse/quorum/quorum-codes.ts';
import { secretCodes } from './analyse/secrets/secret-codes.ts';
import { serviceCodes } from './analyse/services/service-codes.ts';
import { unitCodes } from './analyse/units/unit-codes.ts';
import { volumeCodes } from './analyse/volumes/volume-codes.ts';
import { hclJobCodes, layoutCodes, schemaCodes, syntaxCodes } from './compile/compile-codes.ts';
import { hclGuardCodes } from './compile/hcl-codes.ts';
import { expressionCodes } from './expression/expression-codes.ts';
import { alertCodes } from './kinds/alert-rule/alert-codes.ts';
import { applicationCodes } from './kinds/application-codes.ts';
import { clusterCodes } from './kinds/cluster/cluster-codes.ts';
import { clusterObjectCodes } from './kinds/cluster-object-codes.ts';
import { kindCodes } from './kinds/kind-codes.ts';
import { nomadCodes } from './kinds/nomad-codes.ts';
import { jobFieldCodes } from './kinds/nomad-job/job-field-codes.ts';
import type { CodeEntry } from './model/diagnostic-code.ts';

/** The registry of findings: every code, sorted. `docs/diagnostics.md` is made from it. */
export const diagnosticCodes: readonly CodeEntry[] = [
  syntaxCodes,
  layoutCodes,
  schemaCodes,
  hclJobCodes,
  hclGuardCodes,
  expressionCodes,
  analyseCodes,
  kindCodes,
  applicationCodes,
  clusterCodes,
  clusterObjectCodes,
  alertCodes,
  nomadCodes,
  jobFieldCodes,
  networkCodes,
  quorumCodes,
  placementCodes,
  portCodes,
  volumeCodes,
  serviceCodes,
  secretCodes,
  machineCodes,
  unitCodes,
  jobCodes,
  driverCodes,
  environmentCodes,
  governanceCodes,
  waiverCodes,
]
  .flatMap((entries): readonly CodeEntry[] => Object.values(entries))
  .toSorted((a, b) => (a.code < b.code ? -1 : 1));
