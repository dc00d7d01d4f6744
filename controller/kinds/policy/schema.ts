import type { Static } from 'typebox';
import { Type } from 'typebox';
import { fields } from '../fields.ts';

const { optional, text, object, list, word, selector } = fields;

export const policySchema = object(
  {
    match: optional(
      object(
        {
          kinds: optional(list(text('A kind.'), 'Kinds; all when absent.')),
          namespaces: optional(list(text('A namespace.'), 'Nomad namespaces; all when absent.')),
          labels: optional(
            Type.Unsafe<Static<typeof selector>>({
              ...selector,
              description: 'Which definitions, by their labels; all when absent.',
            }),
          ),
        },
        'What it is about: everything that all of these fit; all definitions when absent. Not for policies over plans.',
      ),
    ),
    rule: text(
      'The rule in CEL, true where it is kept. `resource` is the definition; `job` is each job that it renders to, and a rule that names it is about jobs alone; `vars` and `environment` are known too. Over plans: `plan` and `environment`.',
    ),
    message: text(
      'What is told where the rule is broken. `{name}`, `{namespace}`, `{kind}` and `{environment}` are filled in, fields as `{job.count}` or `{plan.counts.delete}`, and, where the rule is `list.all(x, …)`, `{x}` or the singular of the list: the first element that breaks it.',
    ),
    level: optional(
      word(['Error', 'Warning'], 'Whether a broken rule stops a proposal, or is only shown.', 'Error'),
    ),
    environments: optional(list(text('An environment.'), 'Where it holds; everywhere when absent.')),
    on: optional(
      word(
        ['Resources', 'Plan'],
        'What is looked at: the definitions, or the plan of each proposal. A plan that breaks a rule of level Error waits for a confirmation.',
        'Resources',
      ),
    ),
  },
  'A rule of the fleet’s own over its definitions.',
);

export type PolicySpec = Static<typeof policySchema>;
