import type { Json, JsonObject } from '../../model/json.ts';
import { each } from './fill-lists.ts';
import { fill, networkDefaults, portDefaults } from './job-defaults.ts';

/** Its device is a word of old, which the server drops. */
export function fillNetwork(network: JsonObject): JsonObject {
  const { Device: _device, ...said } = network;
  const ports = (value: Json | undefined) => each(value, (port) => fill(port, portDefaults));
  return {
    ...fill(said, networkDefaults),
    DynamicPorts: ports(network['DynamicPorts']),
    ReservedPorts: ports(network['ReservedPorts']),
  };
}
