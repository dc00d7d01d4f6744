import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Resource } from '../../model/resource.ts';
import type { Unit } from '../../model/tree.ts';
import { unitOptions } from '../annotations.ts';
import { jsonUnit } from '../json-unit.ts';
import type { Fleet } from '../kind.ts';
import { renderedPath } from '../vault-path.ts';
import { expandAroundKeys } from './key-template.ts';
import type { VaultSecretSpec } from './schema.ts';

export function renderVaultSecret(
  resource: Resource<VaultSecretSpec>,
  fleet: Fleet,
): { units: readonly Unit[]; diagnostics: readonly Diagnostic[] } {
  const { path, keys, rotation } = resource.spec;
  const diagnostics: Diagnostic[] = [];
  const rendered = Object.entries(keys).map(([name, { generate, external, template }]) => {
    if (generate !== undefined) return [name, { generate: withDefaults(generate) }];
    if (external !== undefined) return [name, { external }];
    const expand = (text: string) => {
      const field = ['spec', 'keys', name, 'template'];
      const expanded = fleet.expand(text, { at: resource, field });
      diagnostics.push(...expanded.diagnostics);
      return expanded.text;
    };
    return [name, { template: expandAroundKeys(template ?? '', expand) }];
  });
  const unit = jsonUnit(resource, {
    kind: 'vault-secret',
    key: path,
    wave: 10,
    path: `vault/secrets/${renderedPath(path)}.json`,
    document: { path, keys: Object.fromEntries(rendered), generation: rotation?.generation ?? 1 },
    // What reads it may not be ours: a secret goes only when it is said.
    options: unitOptions(resource, { prune: 'Orphan' }),
  });
  return { units: [unit], diagnostics };
}

type Generate = NonNullable<VaultSecretSpec['keys'][string]['generate']>;

function withDefaults(generate: Generate): Generate {
  if (generate.ca !== undefined || generate.keypair !== undefined) return generate;
  if (generate.bytes !== undefined) return { bytes: generate.bytes, encoding: generate.encoding ?? 'base64' };
  return { length: generate.length ?? 32, charset: generate.charset ?? 'Alphanumeric' };
}
