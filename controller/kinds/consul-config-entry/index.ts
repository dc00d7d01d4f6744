import { defineKind } from '../define-kind.ts';
import { checkConsulConfigEntry } from './check.ts';
import { renderConsulConfigEntry } from './render.ts';
import { type ConsulConfigEntrySpec, consulConfigEntrySchema, entryKey } from './schema.ts';

export const consulConfigEntry = defineKind<ConsulConfigEntrySpec>({
  name: 'ConsulConfigEntry',
  namespaced: false,
  schema: consulConfigEntrySchema,
  targets: (resource) => [
    {
      key: `consul-config-entry:${entryKey(resource)}`,
      at: resource.spec.name === undefined ? ['metadata', 'name'] : ['spec', 'name'],
    },
  ],
  check: checkConsulConfigEntry,
  render: (resource) => ({ units: renderConsulConfigEntry(resource), diagnostics: [] }),
});
