import type { Diagnostic, Span } from '../model/diagnostic.ts';
import { findingOf } from '../model/diagnostic-code.ts';
import { isJsonObject, type Json, type JsonObject } from '../model/json.ts';
import { mergeMaps } from '../model/merge-patch.ts';
import { missingDefinition } from '../model/mistake.ts';
import { nearestWord } from '../model/nearest.ts';
import { type FieldPath, type Locate, type Metadata, nameless, type ResourceId } from '../model/resource.ts';
import { patchAnnotation } from './check-envelope.ts';
import { layoutCodes } from './compile-codes.ts';
import { type Broken, type Definition, nearestSpan, wholeSpan } from './definition.ts';
import type { ParsedDocument } from './parse-file.ts';

/** A definition with all its patches applied, before expressions. */
export interface Laid {
  readonly id: ResourceId;
  readonly definition: Definition;
  readonly metadata: Metadata;
  readonly spec: JsonObject;
  /** First the declaring document, then its patches. */
  readonly documents: readonly ParsedDocument[];
  readonly locate: Locate;
  /** Numbers that its expressions may name; set on what a definition was expanded to. */
  readonly locals?: Readonly<Record<string, number>>;
}

export interface Overlaid {
  readonly laid: readonly Laid[];
  /** Ids that some layer declares in a way that can't be used. */
  readonly brokenIds: ReadonlySet<ResourceId>;
  readonly diagnostics: readonly Diagnostic[];
  /** Patches of what no layer declares. */
  readonly unmatched: readonly PatchProblem[];
}

export interface PatchProblem {
  readonly patch: Definition;
  /** What it was probably meant for: of the same name elsewhere, or of a name that is near. */
  readonly meant: Definition | undefined;
  readonly finding: Diagnostic;
}

/** Lays the layers of an environment over each other, first to last. The order inside a layer has no meaning. */
export function overlay(layers: readonly (readonly Definition[])[], broken: Broken): Overlaid {
  const stacks = new Map<ResourceId, Definition[]>();
  const laying: Laying = {
    stacks,
    broken,
    brokenIds: new Set(broken.ids),
    diagnostics: [],
    unmatched: [],
  };
  for (const layer of layers) {
    for (const [first, ...twins] of groupById(layer).values()) {
      if (first === undefined) continue;
      laying.diagnostics.push(...twins.map((twin) => duplicate(twin, first)));
      // One of them was probably to have a name of its own, which nobody knows.
      for (const { kind } of twins) laying.brokenIds.add(nameless(kind.name));
      lay(first, laying);
    }
  }
  const { brokenIds, diagnostics, unmatched } = laying;
  return { laid: [...stacks.values()].flatMap((stack) => layUp(stack)), brokenIds, diagnostics, unmatched };
}

interface Laying {
  readonly stacks: Map<ResourceId, Definition[]>;
  readonly broken: Broken;
  readonly brokenIds: Set<ResourceId>;
  readonly diagnostics: Diagnostic[];
  readonly unmatched: PatchProblem[];
}

function lay(definition: Definition, laying: Laying): void {
  const { stacks, diagnostics } = laying;
  const { id, patch } = definition;
  const stack = stacks.get(id) ?? [];
  const below = stack.at(-1);
  if (below === undefined && patch === 'merge') {
    layOnNothing(definition, laying);
    return;
  }
  if (below !== undefined && patch === 'none') diagnostics.push(duplicate(definition, below));
  // Whoever forgot to say that it patches meant a patch: less follows from it than from leaving it out.
  stacks.set(id, [...stack, definition]);
}

/** A patch of what no earlier layer declares; nothing is to follow from what it was meant for, either. */
function layOnNothing(patch: Definition, { stacks, broken, brokenIds, unmatched }: Laying): void {
  brokenIds.add(patch.id);
  if (broken.hasUnknown || broken.ids.has(patch.id)) return;
  const meant = probablyMeant(patch, [...stacks.values()].flat());
  unmatched.push({ patch, meant, finding: patchOfNothing(patch, meant) });
  if (meant === undefined) return;
  if (meant.name === patch.name) stacks.get(meant.id)?.push(patch);
  else brokenIds.add(meant.id);
}

function groupById(layer: readonly Definition[]): ReadonlyMap<ResourceId, readonly Definition[]> {
  return Map.groupBy(layer, (definition) => definition.id);
}

function patchOfNothing(definition: Definition, meant: Definition | undefined): Diagnostic {
  const { id, kind, name, namespace } = definition;
  const finding = findingOf(layoutCodes.patchAbsent, {
    span: nearestSpan(definition.document, ['metadata', 'name'], 'value'),
    message: `no earlier layer declares ${id}, which this patches`,
    hint: meant === undefined ? undefined : patchHint(definition, meant),
  });
  return { ...finding, mistake: missingDefinition(kind.name, name, namespace) };
}

/** The definition that a patch was probably meant for. */
function probablyMeant({ kind, name }: Definition, earlier: readonly Definition[]): Definition | undefined {
  const alike = earlier.filter((other) => other.kind.name === kind.name);
  const namesake = alike.find((other) => other.name === name);
  if (namesake !== undefined) return namesake;
  const near = nearestWord(
    name,
    alike.map((other) => other.name),
  );
  return alike.find((other) => other.name === near);
}

function patchHint(patch: Definition, meant: Definition): string {
  return meant.name === patch.name
    ? `${meant.id} is there: correct the namespace`
    : `did you mean "${meant.name}"?`;
}

function duplicate(twin: Definition, first: Definition): Diagnostic {
  const isSameLayer = twin.patch !== 'none' || first.patch !== 'none';
  return findingOf(layoutCodes.duplicate, {
    span: nearestSpan(twin.document, ['metadata', 'name'], 'value'),
    message: `${twin.id} is declared twice`,
    ...(isSameLayer ? { hint: 'put the patch into a folder of its own, later in the order' } : {}),
    related: [
      { message: 'first declared here', span: nearestSpan(first.document, ['metadata', 'name'], 'value') },
    ],
  });
}

function layUp(stack: readonly Definition[]): readonly Laid[] {
  const [definition] = stack;
  if (definition === undefined) return [];
  const documents = stack.map((layer) => layer.document);
  const fold = (read: (value: JsonObject) => Json | undefined): JsonObject =>
    stack.reduce<JsonObject>((merged, layer) => mergeMaps(merged, read(layer.value)), {});
  const { [patchAnnotation]: _patch, ...annotations } = fold((value) => metadataOf(value).annotations);
  const { name, namespace } = definition;
  const metadata: Metadata = {
    name,
    ...(namespace === undefined ? {} : { namespace }),
    labels: fold((value) => metadataOf(value).labels) as Metadata['labels'],
    annotations: annotations as Metadata['annotations'],
  };
  const spec = stack.reduce<JsonObject>(
    (merged, { value }) => mergeMaps(merged, value.spec, (at) => definition.kind.keepsNull?.(at) === true),
    {},
  );
  return [{ id: definition.id, definition, metadata, spec, documents, locate: locateIn(documents) }];
}

function metadataOf(value: JsonObject): JsonObject {
  return isJsonObject(value.metadata) ? value.metadata : {};
}

/**
 * The last layer that has the field, else the nearest parent that any layer has. What a definition is as a whole, its first layer
 * says: patches repeat its name only to be laid over it.
 */
export function locateIn(documents: readonly ParsedDocument[], isFirsts = isOfWhole): Locate {
  const latestFirst = documents.toReversed();
  return (path: FieldPath, part = 'value'): Span => {
    for (let length = path.length; length > 0; length--) {
      const shorter = path.slice(0, length);
      const asked = length === path.length ? part : 'key';
      for (const document of isFirsts(shorter) ? documents : latestFirst) {
        const span = document.span(shorter, asked);
        if (span !== undefined) return span;
      }
    }
    const [whole] = documents.flatMap(
      (document) =>
        (path.length === 0 && part === 'value' ? document.span([], 'value') : wholeSpan(document)) ?? [],
    );
    return whole ?? { path: documents[0]?.path ?? '', line: 1, column: 1, endLine: 1, endColumn: 1 };
  };
}

function isOfWhole(path: FieldPath): boolean {
  return path.length === 1 || isIdentity(path);
}

export function isIdentity([part, field]: FieldPath): boolean {
  return part === 'metadata' && (field === 'name' || field === 'namespace');
}
