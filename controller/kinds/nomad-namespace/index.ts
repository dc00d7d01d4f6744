import { defineKind } from '../define-kind.ts';
import { checkNomadNamespace } from './check.ts';
import { renderNomadNamespace } from './render.ts';
import { type NomadNamespaceSpec, nomadNamespaceSchema } from './schema.ts';

export const nomadNamespace = defineKind<NomadNamespaceSpec>({
  name: 'NomadNamespace',
  namespaced: false,
  schema: nomadNamespaceSchema,
  targets: (resource) => [{ key: `nomad-namespace:${resource.metadata.name}`, at: ['metadata', 'name'] }],
  check: checkNomadNamespace,
  render: (resource) => ({ units: renderNomadNamespace(resource), diagnostics: [] }),
});
