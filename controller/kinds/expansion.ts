import type { Diagnostic } from '../model/diagnostic.ts';
import type { JsonObject } from '../model/json.ts';
import type { FieldPath, ResourceId } from '../model/resource.ts';
import type { KindName } from './kind-name.ts';

/** A place in the definition that an expanded resource comes from. */
export interface SourcePlace {
  readonly at: FieldPath;
  /** Where a whole is meant by its name: the part to point at, whatever was asked for. */
  readonly part?: 'key' | 'value';
}

/** Where a field of an expanded resource would stand in its definition. */
export type SourceView = (at: FieldPath) => SourcePlace | undefined;

/** A resource that a definition stands for, as if it had been written out. */
export interface ExpandedResource {
  readonly kind: KindName;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  /** Its expressions are not resolved yet. */
  readonly spec: JsonObject;
  /** Where it says something itself, which goes before what it shares. */
  readonly own: SourceView;
  /** Where it says what all its siblings say too. */
  readonly shared: SourceView;
  /** Numbers that its expressions may name; they are evaluated once a member then. */
  readonly locals?: Readonly<Record<string, number>>;
}

export interface ExpandRequest {
  /** Whether nothing was found at that place or inside it: it has the type that the schema says. */
  isSound(at: FieldPath): boolean;
  /** A text with its expressions resolved; `undefined` when that failed, which is then already told. */
  evaluate(at: FieldPath, text: string, locals: Readonly<Record<string, number>>): string | undefined;
  /** How many more resources the environment may have from definitions like this. */
  readonly limit: number;
}

export interface ResourceExpansion {
  readonly resources: readonly ExpandedResource[];
  readonly diagnostics: readonly Diagnostic[];
  /** Resources that it stands for and that have findings of their own. */
  readonly brokenIds: readonly ResourceId[];
  /** True when it can't be told what it stands for. */
  readonly isUnknown: boolean;
}
