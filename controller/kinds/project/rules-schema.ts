import type { Static } from 'typebox';
import { Type } from 'typebox';
import { fields } from '../fields.ts';

const { optional, text, object, map, list, duration, word, integer, either } = fields;

const names = (description: string) => optional(list(text('A name.'), description));

export const guardSchema = object(
  {
    deletes: optional(
      object(
        {
          count: optional(integer('Units that may go without a word.', { default: 1, minimum: 0 })),
          percent: optional(
            integer('Or so many percent of them.', { default: 10, minimum: 0, maximum: 100 }),
          ),
        },
        'How much may be taken away unconfirmed: the larger of both.',
      ),
    ),
    stateful: optional(
      word(['Confirm', 'Allow'], 'Whether dangers to stateful units are confirmed by a person.', 'Confirm'),
    ),
    restarts: optional(
      object(
        { quorum: optional(word(['Confirm', 'Allow'], 'Restarts of quorum members.', 'Confirm')) },
        'Which restarts are confirmed.',
      ),
    ),
    confirmers: names('Logins that may confirm; everybody who may write when absent.'),
  },
  'What a person must confirm.',
);

const driftMode = ['Alert', 'Heal', 'Ignore'] as const;

export const driftSchema = object(
  {
    mode: optional(word([...driftMode], 'What happens to changes made by hand.', 'Alert')),
    after: optional(duration('How old a change must be before it is healed.', '10m')),
    onStopped: optional(word(['Respect', 'Heal'], 'What becomes of a job that a person stopped.', 'Respect')),
    overrides: optional(
      list(
        object(
          {
            kinds: names('Kinds.'),
            namespaces: names('Namespaces.'),
            names: names('Names.'),
            mode: optional(word([...driftMode], 'The mode for these.')),
            after: optional(duration('The age for these.')),
          },
          'Another rule for some.',
        ),
        'Other rules for some.',
      ),
    ),
    ignore: optional(
      list(
        object(
          {
            kind: text('A kind.'),
            name: optional(text('A name.')),
            fields: list(text('A path.'), 'Fields that others may change.'),
          },
          'Fields left alone.',
        ),
        'What is no drift.',
      ),
    ),
  },
  'What happens when the world is not what was applied.',
);

const query = text('Query whose result must not be empty.');

export const rolloutSchema = object(
  {
    canary: optional(
      object(
        {
          matchLabels: map(text('A value.'), 'Labels of the servers that go first.'),
          pause: optional(
            text('How long to wait after them: a duration, or `UntilResumed`.', { default: '10m' }),
          ),
        },
        'Servers that go first.',
      ),
    ),
    maxUnavailable: optional(
      either(
        [Type.Integer({ minimum: 1 }), Type.String({ pattern: '^[0-9]{1,3}%$' })],
        'Servers that may change at once: a number or a percentage; `10%` when absent.',
      ),
    ),
    minReady: optional(duration('How long a batch must stay well before the next.', '60s')),
    confirm: optional(
      object(
        {
          timeout: optional(duration('A server that reaches nobody for so long puts everything back.', '2m')),
        },
        'Contact or revert.',
      ),
    ),
    stopAfter: optional(
      object(
        { failures: optional(integer('Failed servers that stop the rollout.', { default: 1, minimum: 1 })) },
        'When a rollout stops.',
      ),
    ),
    deadline: optional(duration('Total time of a rollout.', '2h')),
    checks: optional(
      either(
        [
          map(object({ promql: query }, 'A check.'), 'By name.'),
          list(object({ name: text('Its name.'), promql: query }, 'A check.'), 'A list with names.'),
        ],
        'Checks between batches: a map by name, or a list with names.',
      ),
    ),
  },
  'How a change reaches servers.',
);

export type DriftSpec = Static<typeof driftSchema>;
export type GuardSpec = Static<typeof guardSchema>;
export type RolloutSpec = Static<typeof rolloutSchema>;
