import type { Diagnostic } from '../../model/diagnostic.ts';
import { findingOf } from '../../model/diagnostic-code.ts';
import type { Resource } from '../../model/resource.ts';
import { finding } from '../finding.ts';
import type { Fleet } from '../kind.ts';
import { kindCodes } from '../kind-codes.ts';
import { versionOf } from './agent-config.ts';
import { clusterCodes } from './cluster-codes.ts';
import type { ClusterSpec } from './cluster-fields.ts';
import { lockKey, lockPath, readDroverLock } from './drover-lock.ts';
import { clusterMembers } from './members.ts';

/** `install: Artifact` fetches what `drover.lock` names, with its checksum, and nothing else. */
export function checkInstallation<S extends ClusterSpec>(
  resource: Resource<S>,
  fleet: Fleet,
  program: string,
): readonly Diagnostic[] {
  const { install = 'Unmanaged' } = resource.spec;
  if (install === 'Unmanaged') return [];
  const unlocked = install === 'Artifact' ? checkLock(resource, fleet, program) : [];
  if (unlocked.length > 0) return unlocked;
  const message = `install: ${install} is carried to the servers, not acted on by this version`;
  return [finding(resource, ['spec', 'install'], { entry: kindCodes.notApplied, message })];
}

function checkLock<S extends ClusterSpec>(
  resource: Resource<S>,
  fleet: Fleet,
  program: string,
): readonly Diagnostic[] {
  const lock = readDroverLock(fleet);
  const broken = lock.problems.map((problem) =>
    findingOf(clusterCodes.lockBroken, {
      span: { path: lockPath, line: 1, column: 1, endLine: 1, endColumn: 1 },
      message: `drover.lock: ${problem}`,
    }),
  );
  if (broken.length > 0) return broken;
  const { servers, clients } = clusterMembers(resource, fleet);
  const wanted = [...servers, ...clients].map((server) =>
    lockKey({ program, version: versionOf(resource.spec, server), arch: server.hardware?.arch ?? 'amd64' }),
  );
  const missing = [...new Set(wanted)].filter((key) => !lock.artifacts.has(key)).sort();
  return missing.map((key) =>
    finding(resource, ['spec', 'version'], {
      entry: clusterCodes.lockMissing,
      message: lock.isThere ? `drover.lock has no ${key}` : `there is no drover.lock, and ${key} is needed`,
    }),
  );
}
