import { defineKind } from '../define-kind.ts';
import { expandServerGroup } from './expand.ts';
import { type ServerGroupSpec, serverGroupSchema } from './schema.ts';

export const serverGroup = defineKind<ServerGroupSpec>({
  name: 'ServerGroup',
  namespaced: false,
  schema: serverGroupSchema,
  deferred: ['template', 'servers', 'naming'],
  targets: () => [],
  keepsNull: ([field, _name, ...inside]) => field === 'servers' && inside.length > 0,
  expand: expandServerGroup,
});
