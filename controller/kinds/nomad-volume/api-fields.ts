import { quantityOr, sizeBytes } from '../quantity.ts';
import type { NomadVolumeSpec } from './schema.ts';

/** The fields of `/v1/volume/host/create`, and `Count`, which is Drover’s. */
export function hostFields(spec: NomadVolumeSpec): object {
  const { plugin = 'mkdir', count = 1, nodePool, constraints = [] } = spec;
  const [min, max] = capacity(spec);
  return {
    PluginID: plugin,
    Count: count,
    ...(nodePool === undefined ? {} : { NodePool: nodePool }),
    ...(constraints.length === 0 ? {} : { Constraints: constraints.map(constraintFields) }),
    ...(min === 0 ? {} : { RequestedCapacityMinBytes: min }),
    ...(max === 0 ? {} : { RequestedCapacityMaxBytes: max }),
    ...sharedFields(spec),
  };
}

/** The fields of `/v1/volume/csi`. */
export function csiFields(spec: NomadVolumeSpec): object {
  const { plugin = '', externalId, context = {}, mountOptions, topologies } = spec;
  const [min, max] = capacity(spec);
  return {
    PluginID: plugin,
    ...(externalId === undefined ? {} : { ExternalID: externalId }),
    ...(min === 0 ? {} : { RequestedCapacityMin: min }),
    ...(max === 0 ? {} : { RequestedCapacityMax: max }),
    ...(Object.keys(context).length === 0 ? {} : { Context: context }),
    ...(mountOptions === undefined ? {} : { MountOptions: mountFields(mountOptions) }),
    ...(topologies === undefined ? {} : { RequestedTopologies: topologyFields(topologies) }),
    ...originFields(spec),
    ...sharedFields(spec),
  };
}

function originFields({ cloneId, snapshotId }: NomadVolumeSpec): object {
  return {
    ...(cloneId === undefined ? {} : { CloneID: cloneId }),
    ...(snapshotId === undefined ? {} : { SnapshotID: snapshotId }),
  };
}

function sharedFields({ capabilities, parameters = {} }: NomadVolumeSpec): object {
  // What Nomad itself takes for a host volume that says nothing; a CSI volume must say something.
  const wanted = capabilities ?? [{ accessMode: 'SingleNodeWriter' as const }];
  return {
    RequestedCapabilities: wanted.map(({ accessMode, attachmentMode = 'FileSystem' }) => ({
      AccessMode: kebab(accessMode),
      AttachmentMode: kebab(attachmentMode),
    })),
    ...(Object.keys(parameters).length === 0 ? {} : { Parameters: parameters }),
  };
}

function capacity({ capacity: written = {} }: NomadVolumeSpec): readonly [number, number] {
  return [quantityOr(sizeBytes, written.min, 0), quantityOr(sizeBytes, written.max, 0)];
}

function constraintFields(constraint: NonNullable<NomadVolumeSpec['constraints']>[number]): object {
  const { attribute, operator = '=', value = '' } = constraint;
  return { LTarget: attribute, Operand: operator, RTarget: value };
}

function mountFields({ fsType, mountFlags = [] }: NonNullable<NomadVolumeSpec['mountOptions']>): object {
  return {
    ...(fsType === undefined ? {} : { FSType: fsType }),
    ...(mountFlags.length === 0 ? {} : { MountFlags: mountFlags }),
  };
}

function topologyFields({ required, preferred }: NonNullable<NomadVolumeSpec['topologies']>): object {
  const places = (written: readonly object[]) => written.map((segments) => ({ Segments: segments }));
  return {
    ...(required === undefined ? {} : { Required: places(required) }),
    ...(preferred === undefined ? {} : { Preferred: places(preferred) }),
  };
}

/** `single-node-writer` of `SingleNodeWriter`. */
function kebab(words: string): string {
  return words.replace(/(?<=[a-z])[A-Z]/g, '-$&').toLowerCase();
}
