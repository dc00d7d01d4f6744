import type { NomadVolumeSpec } from '../../kinds/nomad-volume/schema.ts';
import type { JsonObject } from '../../model/json.ts';
import type { Program, Source } from './program.ts';

type Capability = NonNullable<NomadVolumeSpec['capabilities']>[number];

const oneWriter: Capability = { accessMode: 'SingleNodeWriter' };

/** The group's volumes: whatever its programs mount, read-only where all of them only read. */
export function volumeFields(programs: readonly Program[], source: Source): JsonObject {
  const used = programs.flatMap(({ spec }) => Object.entries(spec.volumes ?? {}));
  const names = [...new Set(used.map(([name]) => name))];
  if (names.length === 0) return {};
  const volumes = names.map((name) => {
    const isReadOnly = used.every(([other, { readOnly }]) => other !== name || readOnly === true);
    return [name, volumeOf(name, isReadOnly, source)];
  });
  return { Volumes: Object.fromEntries(volumes) as JsonObject };
}

/** A volume that is declared as Nomad's own is asked for in a way that it can be used; any other is a server's folder. */
function volumeOf(name: string, isReadOnly: boolean, { fleet, namespace }: Source): JsonObject {
  const declared = fleet.find<NomadVolumeSpec>('NomadVolume', name, namespace);
  const request = { Name: name, Source: name, ReadOnly: isReadOnly };
  if (declared === undefined) return { ...request, Type: 'host' };
  const { accessMode, attachmentMode = 'FileSystem' } = wayToUse(declared.spec, isReadOnly);
  return {
    ...request,
    Type: declared.spec.type === 'CSI' ? 'csi' : 'host',
    AccessMode: kebab(accessMode),
    AttachmentMode: attachmentMode === 'FileSystem' ? 'file-system' : 'block-device',
  };
}

function wayToUse({ capabilities = [oneWriter] }: NomadVolumeSpec, isReadOnly: boolean): Capability {
  const reading = capabilities.find(({ accessMode }) => accessMode.endsWith('ReaderOnly'));
  const writing = capabilities.find(({ accessMode }) => !accessMode.endsWith('ReaderOnly'));
  return (isReadOnly ? (reading ?? writing) : (writing ?? reading)) ?? oneWriter;
}

function kebab(words: string): string {
  return words.replaceAll(/(?!^)([A-Z])/g, '-$1').toLowerCase();
}
