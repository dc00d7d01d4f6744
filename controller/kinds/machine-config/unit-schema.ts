import { type Static, Type } from 'typebox';
import { fields } from '../fields.ts';

const { optional, text, object, list, either, flag, absent, word, map } = fields;

const disruptions = ['None', 'Reload', 'Restart', 'Drain', 'Reboot'] as const;

export const disruptionSchema = word([...disruptions], 'The most that a change may cause.', 'Restart');

const dropIn = object(
  {
    file: optional(text('A file beside the definition, copied byte for byte.')),
    content: optional(text('The text itself, its `${{ }}` resolved.')),
  },
  'One drop-in; exactly one of file and content.',
);

const presentUnit = object(
  {
    file: optional(text('The unit file beside the definition, copied byte for byte.')),
    content: optional(text('The unit file itself, its `${{ }}` resolved.')),
    dropIns: optional(map(dropIn, 'Drop-ins by name, for a unit that the system brings.')),
    enabled: optional(flag('Whether it starts with the machine.', true)),
    state: optional(word(['Running', 'Stopped'], 'Whether it runs now.', 'Running')),
    restartOn: optional(
      list(text('An absolute path or a package.'), 'Changes that restart it, beside its own file.'),
    ),
    reloadOn: optional(list(text('An absolute path.'), 'Changes that reload it.')),
    disruption: optional(disruptionSchema),
    onFailure: optional(
      word(
        ['Revert', 'Hold'],
        'Whether a failed change goes back, or stops and waits for a person.',
        'Revert',
      ),
    ),
  },
  'A service; at most one of file, content and dropIns.',
);

export const unitSchema = either(
  [absent, Type.Literal('masked'), presentUnit],
  'A service, `absent` or `masked`.',
);

export type UnitDefinition = Static<typeof presentUnit>;
