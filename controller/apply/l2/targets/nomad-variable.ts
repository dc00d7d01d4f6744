import { isJsonObject, type JsonObject } from '../../../model/json.ts';
import { createObjectTarget } from '../object-target.ts';
import { requirePort } from '../require-port.ts';

/** A variable with plain values, written with a check-and-set. Only the names of what differs are told. */
export const nomadVariable = createObjectTarget({
  kind: 'nomad-variable',
  rank: 1,
  objects: ({ ports }) => requirePort(ports.variables, 'Nomad'),
  differences: (spec, live) => {
    const [wanted, there] = [itemsOf(spec), itemsOf(live)];
    const names = [...new Set([...Object.keys(wanted), ...Object.keys(there)])].sort();
    // An empty text is a value here.
    return names.filter((name) => wanted[name] !== there[name]).map((name) => `Items.${name}`);
  },
});

function itemsOf(spec: JsonObject): JsonObject {
  return isJsonObject(spec['Items']) ? spec['Items'] : {};
}
