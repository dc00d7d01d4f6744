import type { MachineConfigSpec } from '../../kinds/machine-config/schema.ts';
import type { Fleet } from '../kind.ts';
import type { ClusterSpec } from './cluster-fields.ts';
import { lockedArtifact, type Wanted } from './drover-lock.ts';

/** How the program gets to a server, and where it is. */
export interface Installation {
  readonly binary: string;
  readonly spec: Pick<MachineConfigSpec, 'artifacts' | 'packages'>;
  /** What restarts the unit beside its configuration. */
  readonly watch: readonly string[];
  /** False where Drover leaves the program alone. */
  readonly isManaged: boolean;
}

export function installation(spec: ClusterSpec, fleet: Fleet, wanted: Wanted): Installation {
  const { program, version } = wanted;
  const { install = 'Unmanaged', binary = binaryOf(install, program) } = spec;
  if (install === 'Package') {
    return {
      binary,
      spec: { packages: { [program]: `${version}-*` } },
      watch: [program],
      isManaged: true,
    };
  }
  const artifact = install === 'Artifact' ? lockedArtifact(fleet, wanted) : undefined;
  if (artifact === undefined) return { binary, spec: {}, watch: [], isManaged: false };
  const { url, sha256 } = artifact;
  return {
    binary,
    spec: { artifacts: { [binary]: { url, sha256, extract: program, mode: '0755' } } },
    watch: [binary],
    isManaged: true,
  };
}

function binaryOf(install: string, program: string): string {
  return install === 'Artifact' ? `/usr/local/bin/${program}` : `/usr/bin/${program}`;
}
