import type { Diagnostic } from '../../model/diagnostic.ts';
import { isJsonObject, type Json } from '../../model/json.ts';
import { didYouMean } from '../../model/nearest.ts';
import type { FieldPath, Resource } from '../../model/resource.ts';
import { finding } from '../finding.ts';
import type { Fleet } from '../kind.ts';
import { clusterCodes } from './cluster-codes.ts';
import type { ClusterSpec } from './cluster-fields.ts';
import { fieldAt } from './config-fields.ts';
import { clusterMembers } from './members.ts';

/** A field of the spec that holds the program's own words. */
export interface OwnWords {
  readonly field: FieldPath;
  /** Options that a field of the definition says already, by their path with dots. */
  readonly said: Readonly<Record<string, string>>;
  /** All options of the first level, where the program refuses others. */
  readonly known?: readonly string[];
}

/** What is written in the program's own words goes over what Drover says: meant, or a mistake that shows late. */
export function checkOwnWords<S extends ClusterSpec>(
  resource: Resource<S>,
  fleet: Fleet,
  words: readonly OwnWords[],
): readonly Diagnostic[] {
  const overrides = (resource.spec.overrides ?? []).map((_, index) => ({
    field: ['spec', 'overrides', index, 'config'],
    said: {},
  }));
  return [...words, ...overrides].flatMap((own: OwnWords) => {
    const value = valueAt(resource, own.field);
    if (!isJsonObject(value)) return [];
    return [
      ...checkSaid(resource, own),
      ...checkKnown(resource, own, Object.keys(value)),
      ...checkTexts(resource, fleet, { value, at: own.field }),
    ];
  });
}

function valueAt<S>(resource: Resource<S>, at: FieldPath): Json | undefined {
  return at
    .slice(1)
    .reduce<unknown>(
      (value, step) => (value as Record<string | number, unknown> | undefined)?.[step],
      resource.spec,
    ) as Json | undefined;
}

function checkSaid<S>(resource: Resource<S>, { field, said }: OwnWords): readonly Diagnostic[] {
  const value = valueAt(resource, field);
  return Object.entries(said).flatMap(([option, instead]) => {
    const path = option.split('.');
    if (!isJsonObject(value) || fieldAt(value, ...path) === undefined) return [];
    return [
      finding(resource, [...field, ...path], {
        entry: clusterCodes.optionSaid,
        message: `${option} goes over what ${instead} says`,
        hint: `say it with ${instead}`,
        part: 'key',
      }),
    ];
  });
}

function checkKnown<S>(
  resource: Resource<S>,
  { field, known }: OwnWords,
  names: readonly string[],
): readonly Diagnostic[] {
  if (known === undefined) return [];
  return names
    .filter((name) => !known.includes(name))
    .map((name) =>
      finding(resource, [...field, name], {
        entry: clusterCodes.optionUnknown,
        message: `${name} is no option that is known here`,
        hint: didYouMean(name, known),
        part: 'key',
      }),
    );
}

/** Expressions, asked for one member: what holds for all is found before anything is rendered, at its own place. */
function checkTexts<S extends ClusterSpec>(
  resource: Resource<S>,
  fleet: Fleet,
  { value, at }: { readonly value: Json; readonly at: FieldPath },
): readonly Diagnostic[] {
  if (typeof value === 'string') {
    const { servers, clients } = clusterMembers(resource, fleet);
    const [member] = [...servers, ...clients];
    if (member === undefined || !value.includes('${{')) return [];
    const context = { server: member.name, at: resource as unknown as Resource, field: at };
    return fleet.expand(value, context).diagnostics;
  }
  if (typeof value !== 'object' || value === null) return [];
  const isList = Array.isArray(value);
  return Object.entries(value).flatMap(([step, item]: [string, Json]) =>
    checkTexts(resource, fleet, { value: item, at: [...at, isList ? Number(step) : step] }),
  );
}
