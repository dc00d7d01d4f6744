import type { Static } from 'typebox';
import { fields } from '../fields.ts';
import { authConfigSchema } from './config-schema.ts';

const { optional, text, object, map, word, flag, duration } = fields;

const bindingRule = object(
  {
    description: optional(text('What the rule is for; its name when absent.')),
    selector: optional(text('Which identities, as `"admins" in list.groups`; all when absent.')),
    bindType: word(['Role', 'Policy', 'Management'], 'What the identity gets.'),
    bindName: optional(
      text('The role or policy; `${value.NAME}` stands for a mapped claim. None for Management.'),
    ),
  },
  'Who gets what.',
);

export const nomadAuthSchema = object(
  {
    type: word(['JWT', 'OIDC'], 'A token that a program brings, or a login of a person in the browser.'),
    tokenLocality: optional(
      word(['Local', 'Global'], 'Whether tokens are good in one region or in all.', 'Local'),
    ),
    tokenNameFormat: optional(
      text('Names of the tokens.', { default: '${auth_method_type}-${auth_method_name}' }),
    ),
    maxTokenTTL: duration(
      'How long a token is good; Nomad takes 1m to 24h unless its servers say otherwise.',
    ),
    default: optional(flag('Whether a login that names no method takes this one.', false)),
    config: authConfigSchema,
    rules: optional(
      map(bindingRule, 'Binding rules by name. Rules of this method that are not here are removed.'),
    ),
  },
  'How people and programs log into Nomad: an auth method, named as its metadata, with its binding rules.',
);

export type NomadAuthSpec = Static<typeof nomadAuthSchema>;
