import type { Resource } from '../../model/resource.ts';
import { escapeSegment, type Unit } from '../../model/tree.ts';
import { unitOptions } from '../annotations.ts';
import { jsonUnit } from '../json-unit.ts';
import { durationMs, quantityOr } from '../quantity.ts';
import { authConfig } from './api-config.ts';
import { goDuration } from './go-duration.ts';
import type { NomadAuthSpec } from './schema.ts';

export function renderNomadAuth(resource: Resource<NomadAuthSpec>): readonly Unit[] {
  const { name } = resource.metadata;
  const { spec } = resource;
  const document = {
    Name: name,
    Type: spec.type,
    TokenLocality: (spec.tokenLocality ?? 'Local').toLowerCase(),
    TokenNameFormat: spec.tokenNameFormat ?? '${auth_method_type}-${auth_method_name}',
    MaxTokenTTL: goDuration(quantityOr(durationMs, spec.maxTokenTTL, 0)),
    Default: spec.default ?? false,
    Config: authConfig(spec.config),
    BindingRules: bindingRules(spec.rules ?? {}),
  };
  return [
    jsonUnit(resource, {
      kind: 'nomad-auth',
      key: name,
      wave: 30,
      path: `nomad/auth/${escapeSegment(name)}.json`,
      document,
      options: unitOptions(resource),
    }),
  ];
}

/** Nomad names rules by ids of its own; the description tells them apart. */
function bindingRules(rules: NonNullable<NomadAuthSpec['rules']>): readonly object[] {
  return Object.keys(rules)
    .sort()
    .flatMap((name) => {
      const rule = rules[name];
      if (rule === undefined) return [];
      return {
        Description: rule.description ?? name,
        Selector: rule.selector ?? '',
        BindType: rule.bindType.toLowerCase(),
        BindName: rule.bindName ?? '',
      };
    });
}
