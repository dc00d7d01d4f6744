import type { CodeEntry } from '../model/diagnostic-code.ts';
import type { FieldPath } from '../model/resource.ts';

/** A field that breaks the schema. `part` is what to underline. */
export interface SchemaMismatch {
  readonly entry: CodeEntry;
  readonly at: FieldPath;
  readonly part: 'key' | 'value';
  readonly message: string;
  readonly hint?: string | undefined;
  /** The hint where no better one is found. */
  readonly otherwise?: string | undefined;
}

/** The part of JSON Schema that our schemas are made of. */
export interface SchemaNode {
  readonly type?: string;
  readonly anyOf?: readonly SchemaNode[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly patternProperties?: Readonly<Record<string, SchemaNode>>;
  readonly additionalProperties?: boolean | SchemaNode;
  readonly required?: readonly string[];
  readonly items?: SchemaNode;
  readonly description?: string;
  readonly [keyword: string]: unknown;
}
