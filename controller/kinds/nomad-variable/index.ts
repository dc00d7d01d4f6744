import { defineKind } from '../define-kind.ts';
import { checkNomadVariable } from './check.ts';
import { renderNomadVariable, variableKey } from './render.ts';
import { type NomadVariableSpec, nomadVariableSchema } from './schema.ts';

export const nomadVariable = defineKind<NomadVariableSpec>({
  name: 'NomadVariable',
  namespaced: true,
  schema: nomadVariableSchema,
  targets: (resource) => [{ key: `nomad-variable:${variableKey(resource)}`, at: ['spec', 'path'] }],
  check: checkNomadVariable,
  render: (resource) => ({ units: renderNomadVariable(resource), diagnostics: [] }),
});
