import { defineKind } from '../define-kind.ts';
import { checkServerKey } from './check.ts';
import { type ServerKeySpec, serverKeySchema } from './schema.ts';

export const serverKey = defineKind<ServerKeySpec>({
  name: 'ServerKey',
  namespaced: false,
  schema: serverKeySchema,
  targets: (resource) => [{ key: `server-key:${resource.metadata.name}`, at: ['metadata', 'name'] }],
  references: (resource) => [{ kind: 'Server', name: resource.metadata.name, at: ['metadata', 'name'] }],
  check: checkServerKey,
});
