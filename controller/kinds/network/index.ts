import { defineKind } from '../define-kind.ts';
import { type NetworkSpec, networkSchema } from './schema.ts';

export const network = defineKind<NetworkSpec>({
  name: 'Network',
  namespaced: false,
  schema: networkSchema,
  targets: () => [],
});
