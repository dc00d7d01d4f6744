import type { AnyKind } from '../kinds/index.ts';
import type { KindName } from '../kinds/kind.ts';
import type { Diagnostic, Span } from '../model/diagnostic.ts';
import type { JsonObject } from '../model/json.ts';
import type { FieldPath, ResourceId } from '../model/resource.ts';
import type { ParsedDocument } from './parse-file.ts';

/** The kinds by name. Tests pass their own. */
export type Kinds = ReadonlyMap<KindName, AnyKind>;

export type PatchMode = 'none' | 'merge' | 'merge-or-create';

/** A document of ours whose envelope is readable: kind, name and namespace are known. */
export interface Definition {
  readonly id: ResourceId;
  readonly kind: AnyKind;
  readonly name: string;
  /** Set on kinds that live in a Nomad namespace. */
  readonly namespace: string | undefined;
  readonly patch: PatchMode;
  readonly value: JsonObject;
  readonly document: ParsedDocument;
}

/** Documents of one file: those that can be laid over each other, and what is known of those that can't. */
export interface ReadFile {
  readonly definitions: readonly Definition[];
  readonly broken: Broken;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Definitions that are there and can't be used, because something was said of them. Nothing is concluded from their
 * absence.
 */
export interface Broken {
  readonly ids: ReadonlySet<ResourceId>;
  /** True when a document is so broken that it can't be said what it declares. */
  readonly hasUnknown: boolean;
}

/** The place of a field in a document, or of its nearest parent that is there. */
export function nearestSpan(document: ParsedDocument, path: FieldPath, part: 'key' | 'value'): Span {
  for (let length = path.length; length > 0; length--) {
    const isExact = length === path.length;
    const span = document.span(path.slice(0, length), isExact ? part : 'key');
    if (span !== undefined) return span;
  }
  const whole = path.length === 0 && part === 'value' ? document.span([], 'value') : wholeSpan(document);
  return whole ?? { path: document.path, line: 1, column: 1, endLine: 1, endColumn: 1 };
}

/** What a document lacks is shown at its kind. */
export function wholeSpan(document: ParsedDocument): Span | undefined {
  return document.span(['kind'], 'value') ?? document.span([], 'value');
}
