import { defineKind } from '../define-kind.ts';
import { checkConsulKey } from './check.ts';
import { renderConsulKey } from './render.ts';
import { type ConsulKeySpec, consulKeySchema } from './schema.ts';

export const consulKey = defineKind<ConsulKeySpec>({
  name: 'ConsulKey',
  namespaced: false,
  schema: consulKeySchema,
  targets: (resource) => [{ key: `consul-key:${resource.spec.key}`, at: ['spec', 'key'] }],
  check: checkConsulKey,
  render: renderConsulKey,
});
