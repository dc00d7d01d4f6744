import { RejectedError } from '../../model/errors.ts';
import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts';
import type { CsiVolumes } from '../../ports/csi-volumes.ts';
import { count, type NomadClient, record, segment } from './client.ts';
import { saidFields, saidValues } from './named-objects.ts';

const fields = [
  'Namespace',
  'PluginID',
  'ExternalID',
  'RequestedCapacityMin',
  'RequestedCapacityMax',
  'RequestedCapabilities',
  'MountOptions',
  'RequestedTopologies',
  'Parameters',
  'Context',
  'CloneID',
  'SnapshotID',
];

/** Volumes of storage providers. Mount flags are read back masked, so they are not shown here. */
export function createCsiVolumes(client: NomadClient): CsiVolumes {
  return {
    async read(key, signal) {
      const { namespace, id, path } = place(key);
      const answer = await client.read(path, { namespace }, signal);
      if (answer === undefined || !isJsonObject(answer.body)) return undefined;
      const spec = {
        Type: 'csi',
        Name: id,
        ...saidFields(answer.body, fields),
        ...mountOptions(answer.body),
      };
      return { key, spec, index: undefined };
    },
    async write({ key, spec, expected }, signal) {
      const { namespace, id, path } = place(key);
      const { Type: _type, ...volume } = spec;
      const isMade = expected === undefined && spec['ExternalID'] === undefined;
      const body = { Volumes: [{ ...volume, ID: id, Name: id, Namespace: namespace }] };
      const query = { namespace };
      await client.send({ method: 'PUT', path: isMade ? `${path}/create` : path, query, body }, signal);
    },
    async remove(key) {
      throw new RejectedError(`the volume ${key} holds data: it is never removed`);
    },
    async awaited(plugin, signal) {
      const answer = await client.read(`/v1/plugin/csi/${segment(plugin)}`, {}, signal);
      if (answer === undefined) return `the CSI plugin ${plugin}, which no node has`;
      const { ControllerRequired: required, ControllersHealthy: healthy } = record(answer.body);
      const isReady = required !== true || count(healthy) > 0;
      return isReady ? undefined : `a healthy controller of the CSI plugin ${plugin}`;
    },
  };
}

function place(key: string): { readonly namespace: string; readonly id: string; readonly path: string } {
  const cut = key.indexOf('/');
  const id = key.slice(cut + 1);
  return { namespace: key.slice(0, cut), id, path: `/v1/volume/csi/${segment(id)}` };
}

function mountOptions(body: JsonObject): { readonly MountOptions?: Json } {
  const options = isJsonObject(body['MountOptions']) ? saidValues(body['MountOptions']) : {};
  const { MountFlags: _masked, ...shown } = options;
  return { MountOptions: shown };
}
