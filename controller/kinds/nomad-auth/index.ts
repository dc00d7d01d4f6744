import { defineKind } from '../define-kind.ts';
import { checkNomadAuth } from './check.ts';
import { renderNomadAuth } from './render.ts';
import { type NomadAuthSpec, nomadAuthSchema } from './schema.ts';

export const nomadAuth = defineKind<NomadAuthSpec>({
  name: 'NomadAuth',
  namespaced: false,
  schema: nomadAuthSchema,
  targets: ({ metadata, spec }) => [
    { key: `nomad-auth:${metadata.name}`, at: ['metadata', 'name'] },
    // Nomad has one default method.
    ...(spec.default === true ? [{ key: 'nomad-auth:the default method', at: ['spec', 'default'] }] : []),
  ],
  check: checkNomadAuth,
  render: (resource) => ({ units: renderNomadAuth(resource), diagnostics: [] }),
});
