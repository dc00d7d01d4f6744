import type { MachineConfigSpec } from '../../kinds/machine-config/schema.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { MachineSpec, SecretReference } from '../../model/payload.ts';
import type { FieldPath, Resource } from '../../model/resource.ts';

/** A text of a machine configuration, as one server gets it. */
export interface ServerText {
  readonly bytes: Uint8Array;
  readonly secrets: readonly SecretReference[];
  /** The repository path of the file that it was read from; none for a text of the definition itself. */
  readonly source?: string;
  /** Its expressions have findings: nothing is concluded from what it says. */
  readonly isBroken: boolean;
}

/** Something that lies on a server with a text of its own, and where that text is said. */
export interface MachineText extends ServerText {
  /** Absolute path on the server. */
  readonly path: string;
  readonly use: 'file' | 'unit' | 'drop-in';
  /** The configuration that won it, or the cluster's contribution. */
  readonly config: Resource<MachineConfigSpec>;
  readonly at: FieldPath;
}

/** All that one server is to be, with the places that say it. */
export interface MachineView {
  /** The one that wins comes last. */
  readonly configs: readonly Resource<MachineConfigSpec>[];
  readonly spec: MachineSpec;
  /** Sorted by path. */
  readonly texts: readonly MachineText[];
  /** Contents beside the document by their path relative to `servers/<name>/`. */
  readonly contents: ReadonlyMap<string, Uint8Array>;
  /** What was found while its texts were expanded. */
  readonly diagnostics: readonly Diagnostic[];
}
