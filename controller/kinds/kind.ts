import type { TSchema } from 'typebox';
import type { Diagnostic, Span } from '../model/diagnostic.ts';
import type { Environment, PlanPolicy, ResourcePolicy } from '../model/environment.ts';
import type { JsonObject } from '../model/json.ts';
import type { FieldPath, Resource, ResourceId } from '../model/resource.ts';
import type { Unit } from '../model/tree.ts';
import type { ExpandRequest, ResourceExpansion } from './expansion.ts';
import type { KindName } from './kind-name.ts';
import type { MachineConfigSpec } from './machine-config/schema.ts';
import type { ProjectSpec } from './project/schema.ts';
import type { MachineView } from './server/machine-view.ts';

export type { KindName } from './kind-name.ts';

/** A mention of another resource inside a spec: checked to exist. */
export interface Reference {
  readonly kind: KindName;
  /** Other kinds that serve as well: a job is a NomadJob or an Application. */
  readonly orKinds?: readonly KindName[];
  readonly name: string;
  readonly namespace?: string;
  readonly at: FieldPath;
  /** The name needs no definition until the environment declares any of the kind. */
  readonly onceDeclared?: boolean;
}

/** A part of a job in HCL's own words, from the outside in: what is left out means the whole of what stands before it. */
export interface JobPlace {
  readonly group?: string;
  readonly task?: string;
  /** `resources`, `network`, `volume`, `service`, `check`, `update`, `constraint`, `template`, `vault` … */
  readonly block?: string;
  /** The block's label (a port's name, a volume's), else which one of its kind, from 0. */
  readonly label?: string | number;
  /** `memory`, `count`, `static` … */
  readonly attribute?: string;
  /** Words inside the attribute’s text, each behind the one before: the last is meant, where it stands there as it is. */
  readonly words?: readonly string[];
}

/** A job as Nomad will get it, however it is typed. */
export interface FleetJob {
  /** The NomadJob or Application that it comes from. */
  readonly resource: Resource;
  readonly namespace: string;
  /** The namespace that the job’s own text names, where it names one. */
  readonly writtenNamespace?: string | undefined;
  /** The id that it has in Nomad. */
  readonly id: string;
  /** API JSON in canonical form. */
  readonly job: JsonObject;
  /** The nearest place in the source that says it. */
  readonly locate: (place: JobPlace) => Span;
}

/** One document that a resource was laid from: the declaring one first, then its patches. */
export interface DefinitionSource {
  /** Its file in the repository. */
  readonly path: string;
  /** What the document is: another kind than the resource’s when it stands for many of them. */
  readonly kind: string | undefined;
  /** The place of a field in this very document, else of its nearest parent. */
  locate(at: FieldPath): Span;
  /** The place of a part of a text field, as UTF-16 offsets; none when the text does not stand there as it is. */
  locateText(at: FieldPath, text: string, part: { start: number; end: number }): Span | undefined;
}

/** What can be read of a definition that has errors of its own. Only what it says itself may be looked at. */
export interface Draft {
  readonly resource: Resource;
  /** Whether the field is written there, and nothing was said of it. */
  isSound(at: FieldPath): boolean;
}

/** Everything declared for one environment, after overlay and expressions. */
export interface Fleet {
  readonly environment: Environment;
  /** `drover.yaml`, as far as it fits its schema; absent in fleets made by hand. */
  readonly project?: Resource<ProjectSpec>;
  /** Sorted by resource id. */
  readonly resources: readonly Resource[];
  /** Those with errors, as far as they can be read; they are not among the resources. */
  readonly drafts?: readonly Draft[];
  byKind<S = JsonObject>(kind: KindName): readonly Resource<S>[];
  find<S = JsonObject>(kind: KindName, name: string, namespace?: string): Resource<S> | undefined;
  /** Declared, but with findings of its own: nothing is concluded from its absence. */
  isBroken?(id: ResourceId): boolean;
  /** Some definition of the kind has findings of its own: nothing is concluded from how many there are. */
  mayMiss?(kind: KindName): boolean;
  /** The documents that a resource was laid from; none where that is not known. */
  sources?(id: ResourceId): readonly DefinitionSource[];
  /** A source file beside a definition, by repository path. */
  file(path: string): Uint8Array | undefined;
  /** Whether a file is there whose content was not read, which is told of the file. */
  isUnread?(path: string): boolean;
  /** The API JSON of an HCL job, parsed by Nomad beforehand; keyed by the NomadJob's resource id. */
  parsedJob(id: ResourceId): JsonObject | undefined;
  /** All jobs that could be read, sorted by namespace and id. */
  jobs(): readonly FleetJob[];
  /** What is said of a server: MachineConfigs that select it and what clusters make of it. The one that wins comes last. */
  machineConfigs(server: Resource): readonly Resource<MachineConfigSpec>[];
  /** The same as one: what wins, resolved for that server, each text with the place that says it. */
  machine(server: Resource): MachineView;
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
  /** Whether a null at that path of the spec says something: elsewhere it takes away what an earlier layer has. */
  keepsNull?(at: FieldPath): boolean;
  /** What it stands for, before expressions. Parts of it that have findings are passed over; `request` knows them. */
  expand?(resource: Resource<S>, request: ExpandRequest): ResourceExpansion;
  /** The jobs that it renders to; none of what could not be parsed. */
  jobs?(resource: Resource<S>, fleet: Fleet): readonly FleetJob[];
  /**
   * What it makes of a server beside the server's MachineConfigs: files, units, checks. Its `locate` leads to the places of
   * this resource. None when the server is not concerned.
   */
  machine?(resource: Resource<S>, server: Resource, fleet: Fleet): Resource<MachineConfigSpec> | undefined;
  /** Checks of one resource that the schema can't say. */
  check?(resource: Resource<S>, fleet: Fleet): readonly Diagnostic[];
  /** The rule that it sets for plans of an environment, if it holds there. */
  planPolicy?(resource: Resource<S>, environment: string): PlanPolicy | undefined;
  /** The rule that it sets for definitions of an environment, if it holds there. */
  resourcePolicy?(
    resource: Resource<S>,
    environment: Pick<Environment, 'name' | 'vars'>,
  ): ResourcePolicy | undefined;
  /** The units it renders to; `[]` for kinds that only inform others. Findings instead of exceptions. */
  render?(
    resource: Resource<S>,
    fleet: Fleet,
  ): { units: readonly Unit[]; diagnostics: readonly Diagnostic[] };
}
