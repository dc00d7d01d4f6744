import type { Json, JsonObject } from '../../model/json.ts';
import { isJsonObject } from '../../model/json.ts';
import { constraintDefaults, fill, weightDefaults } from './job-defaults.ts';

/** Constraints, affinities and spreads, which job, group and task may all have. */
export function placementRules(owner: JsonObject): JsonObject {
  return {
    Constraints: each(owner['Constraints'], (rule) => fill(rule, constraintDefaults)),
    Affinities: each(owner['Affinities'], (rule) => fill(rule, { ...constraintDefaults, ...weightDefaults })),
    Spreads: each(owner['Spreads'], (rule) => fill(rule, weightDefaults)),
  };
}

export function each(value: Json | undefined, change: (item: JsonObject) => JsonObject): readonly Json[] {
  return Array.isArray(value) ? value.map((item: Json) => (isJsonObject(item) ? change(item) : item)) : [];
}

export function ifSet(owner: JsonObject, name: string, change: (value: Json) => JsonObject): JsonObject {
  const value = owner[name];
  return value === undefined || value === null ? {} : { [name]: change(value) };
}

/** A scaling policy without what says whose it is: the server writes that itself. */
export function withoutPlace(policy: JsonObject): JsonObject {
  const names = new Set(['ID', 'Namespace', 'Target', 'CreateIndex', 'ModifyIndex']);
  return Object.fromEntries(Object.entries(policy).filter(([name]) => !names.has(name)));
}
