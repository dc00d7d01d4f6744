import { isJsonObject, type JsonObject } from '../model/json.ts';
import { readJobDocument } from './job-changes.ts';
import type { UnitPair, UnitSide } from './unit-pairs.ts';

/** The document of a unit as it is compared: what Nomad knows by its description is named by it. */
export function readObject(side: UnitSide | undefined): JsonObject {
  const { BindingRules: _list, ...document } = readJobDocument(side);
  const rules = bindingRules(side);
  return rules.size === 0 ? document : { ...document, BindingRules: Object.fromEntries(rules) };
}

/** Binding rules of an auth method that go: whoever comes in by them is shut out. */
export function takenRules({ before, after }: UnitPair): readonly string[] {
  if (after === undefined) return [];
  const kept = bindingRules(after);
  return [...bindingRules(before).keys()]
    .filter((name) => !kept.has(name))
    .map((name) => `the binding rule ${name}`);
}

function bindingRules(side: UnitSide | undefined): ReadonlyMap<string, JsonObject> {
  const { BindingRules: list } = readJobDocument(side);
  const rules = Array.isArray(list) ? list.filter(isJsonObject) : [];
  return new Map(
    rules.map((rule, index) => {
      const { Description: name } = rule;
      return [typeof name === 'string' && name !== '' ? name : `${index + 1}`, rule];
    }),
  );
}
