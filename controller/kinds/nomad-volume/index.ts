import { defineKind } from '../define-kind.ts';
import { checkNomadVolume } from './check.ts';
import { renderNomadVolume } from './render.ts';
import { type NomadVolumeSpec, nomadVolumeSchema } from './schema.ts';

export const nomadVolume = defineKind<NomadVolumeSpec>({
  name: 'NomadVolume',
  namespaced: true,
  schema: nomadVolumeSchema,
  targets: ({ metadata }) => [
    { key: `nomad-volume:${metadata.namespace ?? 'default'}/${metadata.name}`, at: ['metadata', 'name'] },
  ],
  check: checkNomadVolume,
  render: (resource) => ({ units: renderNomadVolume(resource), diagnostics: [] }),
});
