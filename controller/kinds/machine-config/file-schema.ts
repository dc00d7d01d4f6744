import { type Static, Type } from 'typebox';
import { fields } from '../fields.ts';

const { optional, text, object, list, either, flag, absent } = fields;

const presentFile = object(
  {
    file: optional(text('A file beside the definition, copied byte for byte.')),
    content: optional(text('The text itself.')),
    template: optional(
      Type.Union([Type.String(), Type.Boolean()], {
        description: 'A file beside the definition whose `${{ }}` are resolved, or `true` beside `content`.',
      }),
    ),
    link: optional(text('Target of a symbolic link.')),
    mode: optional(text('Four octal digits, quoted.', { default: '0644' })),
    owner: optional(text('Owning user.', { default: 'root' })),
    group: optional(text('Owning group.', { default: 'root' })),
    sensitive: optional(flag('Whether its text is never shown.', false)),
    validate: optional(
      list(text('An argument.'), 'Command run on the temporary file before the rename, `{}` being its path.'),
    ),
    contact: optional(flag('Whether it may cut the server off.', false)),
  },
  'A file that is there; exactly one of file, content, template and link.',
);

export const fileSchema = either([absent, presentFile], 'A file, or `absent`.');

export type FileDefinition = Static<typeof presentFile>;
