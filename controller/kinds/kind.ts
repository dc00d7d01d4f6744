import type { TSchema } from 'typebox';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Environment } from '../model/environment.ts';
import type { JsonObject } from '../model/json.ts';
import type { FieldPath, Resource, ResourceId } from '../model/resource.ts';
import type { Unit } from '../model/tree.ts';

/** The kinds of this version, by name. */
export type KindName =
  | 'Project'
  | 'Server'
  | 'ServerKey'
  | 'MachineConfig'
  | 'NomadNamespace'
  | 'NomadJob'
  | 'ConsulKey'
  | 'VaultMount'
  | 'VaultAuth'
  | 'VaultPolicy'
  | 'VaultRole'
  | 'VaultSecret';

/** A mention of another resource inside a spec: checked to exist. */
export interface Reference {
  readonly kind: KindName;
  readonly name: string;
  readonly namespace?: string;
  readonly at: FieldPath;
}

/** Everything declared for one environment, after overlay and expressions. */
export interface Fleet {
  readonly environment: Environment;
  /** Sorted by resource id. */
  readonly resources: readonly Resource[];
  byKind<S = JsonObject>(kind: KindName): readonly Resource<S>[];
  find<S = JsonObject>(kind: KindName, name: string, namespace?: string): Resource<S> | undefined;
  /** Declared, but with findings of its own: nothing is concluded from its absence. */
  isBroken?(id: ResourceId): boolean;
  /** A source file beside a definition, by repository path. */
  file(path: string): Uint8Array | undefined;
  /** The API JSON of an HCL job, parsed by Nomad beforehand; keyed by the NomadJob's resource id. */
  parsedJob(id: ResourceId): JsonObject | undefined;
  /** Evaluates `${{ }}` in a template file or string for one server (or for none). Findings go to `report`. */
  expand(text: string, context: { server?: string; at: Resource; field: FieldPath }): ExpandedText;
}

export interface ExpandedText {
  readonly text: string;
  readonly secrets: readonly { readonly path: string; readonly key: string }[];
  readonly diagnostics: readonly Diagnostic[];
}

/** All that is known of one kind. Shared code asks the descriptor and never compares kind names. */
export interface Kind<S = JsonObject> {
  readonly name: KindName;
  /** True when resources live in a Nomad namespace. */
  readonly namespaced: boolean;
  /** The spec's schema; field docs are its descriptions. */
  readonly schema: TSchema;
  /** Spec fields whose `${{ }}` is expanded later per server, not when the fleet is resolved. */
  readonly deferred?: readonly string[];
  /** What two resources must not share, beyond kind and name: `nomad-job:shop/web`. */
  targets(resource: Resource<S>): readonly { readonly key: string; readonly at: FieldPath }[];
  references?(resource: Resource<S>): readonly Reference[];
  /** Checks of one resource that the schema can't say. */
  check?(resource: Resource<S>, fleet: Fleet): readonly Diagnostic[];
  /** The units it renders to; `[]` for kinds that only inform others. Findings instead of exceptions. */
  render?(
    resource: Resource<S>,
    fleet: Fleet,
  ): { units: readonly Unit[]; diagnostics: readonly Diagnostic[] };
}
