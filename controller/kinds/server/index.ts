import { defineKind } from '../define-kind.ts';
import { checkServer } from './check.ts';
import { serverReferences } from './references.ts';
import { renderServer } from './render.ts';
import { type ServerSpec, serverSchema } from './schema.ts';

export const server = defineKind<ServerSpec>({
  name: 'Server',
  namespaced: false,
  schema: serverSchema,
  targets: (resource) => [{ key: `server:${resource.metadata.name}`, at: ['metadata', 'name'] }],
  references: serverReferences,
  check: checkServer,
  render: renderServer,
});
