import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Resource } from '../../model/resource.ts';
import { finding } from '../finding.ts';
import { kindCodes } from '../kind-codes.ts';
import { nomadCodes } from '../nomad-codes.ts';
import { quantityOr, sizeBytes } from '../quantity.ts';
import type { NomadVolumeSpec } from './schema.ts';

type Field = keyof NomadVolumeSpec;

const hostFields: readonly Field[] = ['count', 'nodePool', 'constraints'];
const csiFields: readonly Field[] = [
  'externalId',
  'context',
  'mountOptions',
  'topologies',
  'cloneId',
  'snapshotId',
];

export function checkNomadVolume(resource: Resource<NomadVolumeSpec>): readonly Diagnostic[] {
  return [
    ...checkFields(resource),
    ...checkModes(resource),
    ...checkCapacity(resource),
    ...checkPlugin(resource),
    ...checkSecrets(resource),
  ];
}

function checkFields(resource: Resource<NomadVolumeSpec>): readonly Diagnostic[] {
  const { spec } = resource;
  const others = spec.type === 'Host' ? csiFields : hostFields;
  return others
    .filter((field) => spec[field] !== undefined)
    .map((field) =>
      finding(resource, ['spec', field], {
        entry: nomadCodes.volumeField,
        message: `a ${spec.type} volume has no ${field}`,
        part: 'key',
      }),
    );
}

/** Nomad knows four modes for folders of a node and five for storage providers; two are shared. */
function checkModes(resource: Resource<NomadVolumeSpec>): readonly Diagnostic[] {
  const { type, capabilities = [] } = resource.spec;
  const wrong = type === 'Host' ? /^MultiNode/ : /^SingleNode(?:Single|Multi)Writer$/;
  return capabilities.flatMap(({ accessMode }, index) =>
    wrong.test(accessMode)
      ? [
          finding(resource, ['spec', 'capabilities', index, 'accessMode'], {
            entry: nomadCodes.volumeMode,
            message: `a ${type} volume can’t be ${accessMode}`,
            hint:
              type === 'Host'
                ? 'write SingleNodeWriter, SingleNodeMultiWriter or another SingleNode mode'
                : 'write SingleNodeWriter or a MultiNode mode',
          }),
        ]
      : [],
  );
}

function checkCapacity(resource: Resource<NomadVolumeSpec>): readonly Diagnostic[] {
  const { min, max } = resource.spec.capacity ?? {};
  if (min === undefined || max === undefined) return [];
  const unknown = Number.NaN;
  if (!(quantityOr(sizeBytes, max, unknown) < quantityOr(sizeBytes, min, unknown))) return [];
  const message = `the largest size ${max} is below the least ${min}`;
  return [finding(resource, ['spec', 'capacity', 'max'], { entry: kindCodes.value, message })];
}

/** Only `mkdir` is built in, and it takes three parameters. */
function checkPlugin(resource: Resource<NomadVolumeSpec>): readonly Diagnostic[] {
  const { type, plugin, parameters = {} } = resource.spec;
  if (type === 'CSI' && plugin === undefined) {
    const message = 'a CSI volume needs the id of its plugin';
    return [finding(resource, ['spec'], { entry: nomadCodes.volumePlugin, message })];
  }
  if (type === 'CSI' || (plugin ?? 'mkdir') !== 'mkdir') return [];
  return Object.keys(parameters)
    .filter((name) => !['mode', 'uid', 'gid'].includes(name))
    .map((name) =>
      finding(resource, ['spec', 'parameters', name], {
        entry: nomadCodes.volumePlugin,
        message: `the plugin mkdir knows no parameter ${name}`,
        hint: 'it takes mode, uid and gid',
        part: 'key',
      }),
    );
}

function checkSecrets(resource: Resource<NomadVolumeSpec>): readonly Diagnostic[] {
  if (resource.spec.secrets === undefined) return [];
  const message = 'Nomad keeps the secrets of a volume in clear, and so would the rendered tree';
  return [finding(resource, ['spec', 'secrets'], { entry: nomadCodes.volumeSecret, message, part: 'key' })];
}
