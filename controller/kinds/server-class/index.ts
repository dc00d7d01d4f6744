import { defineKind } from '../define-kind.ts';
import { checkHardware } from './check-hardware.ts';
import { type ServerClassSpec, serverClassSchema } from './schema.ts';

export const serverClass = defineKind<ServerClassSpec>({
  name: 'ServerClass',
  namespaced: false,
  schema: serverClassSchema,
  targets: () => [],
  check: (resource) => checkHardware(resource, ['spec'], resource.spec),
});
