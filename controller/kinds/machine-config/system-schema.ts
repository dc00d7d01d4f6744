import type { Static } from 'typebox';
import { fields } from '../fields.ts';

const { optional, text, object, list, either, integer, absent } = fields;

/** `0` to the last number below the kernel's own "nobody at all". */
const id = (description: string) => integer(description, { minimum: 0, maximum: 4_294_967_294 });

const presentUser = object(
  {
    uid: optional(id('Numeric id; without it the system chooses one.')),
    groups: optional(list(text('A group.'), 'Groups beside the user’s own, which has its name.')),
    shell: optional(text('Login shell, an absolute path.', { default: '/usr/sbin/nologin' })),
    home: optional(text('Home directory, an absolute path.')),
    authorizedKeys: optional(
      object(
        {
          file: optional(text('A file beside the definition, as `authorized_keys` is written.')),
          content: optional(text('The keys, one a line.')),
        },
        'SSH keys; exactly one of file and content.',
      ),
    ),
  },
  'A user that is there.',
);

const presentGroup = object(
  { gid: optional(id('Numeric id; without it the system chooses one.')) },
  'A group that is there.',
);

export const packageSchema = text(
  'A version as the package manager spells it (`5:28.*`), `*` for any, or `absent`.',
);

export const artifactSchema = object(
  {
    url: text('Where it is fetched from: http or https.'),
    sha256: text('Checksum, 64 lower-case hex digits; checked before anything is used.'),
    extract: optional(text('The member of an archive to keep; without it the whole file.')),
    mode: optional(text('Four octal digits, quoted.', { default: '0755' })),
  },
  'A file fetched from elsewhere.',
);

export const groupSchema = either([absent, presentGroup], 'A group, or `absent`.');

export const userSchema = either([absent, presentUser], 'A user, or `absent`.');

export const sysctlSchema = text('The value, quoted.');

export const mountSchema = object(
  {
    device: text('What is mounted: a device, `UUID=…`, `LABEL=…`, `host:/path` or a name such as `tmpfs`.'),
    type: optional(text('File system type.', { default: 'auto' })),
    options: optional(text('Mount options, divided by commas.', { default: 'defaults' })),
  },
  'One mount.',
);

export const rebootSchema = object(
  {
    when: list(text('`kernel`, or an absolute path.'), 'Changes that ask for a reboot.'),
    window: optional(text('Cron expression of when it may happen, in UTC; without it at any time.')),
  },
  'When the server is rebooted: one at a time within maxUnavailable, drained.',
);

export type ArtifactDefinition = Static<typeof artifactSchema>;
export type GroupDefinition = Static<typeof groupSchema>;
export type UserDefinition = Static<typeof userSchema>;
export type PresentUser = Static<typeof presentUser>;
export type MountDefinition = Static<typeof mountSchema>;
