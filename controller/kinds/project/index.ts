import { defineKind } from '../define-kind.ts';
import { checkProject } from './check.ts';
import { type ProjectSpec, projectSchema } from './schema.ts';

export const project = defineKind<ProjectSpec>({
  name: 'Project',
  namespaced: false,
  schema: projectSchema,
  targets: () => [],
  check: checkProject,
});
