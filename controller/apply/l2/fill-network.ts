import type { Json, JsonObject } from '../../model/json.ts';
import { each } from './fill-lists.ts';
import { fill, networkDefaults, portDefaults } from './job-defaults.ts';

export function fillNetwork(network: JsonObject): JsonObject {
  const ports = (value: Json | undefined) => each(value, (port) => fill(port, portDefaults));
  return {
    ...fill(network, networkDefaults),
    DynamicPorts: ports(network['DynamicPorts']),
    ReservedPorts: ports(network['ReservedPorts']),
  };
}
