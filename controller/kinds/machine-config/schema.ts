import type { Static } from 'typebox';
import { fields } from '../fields.ts';
import { fileSchema } from './file-schema.ts';
import { probeSchema } from './probe-schema.ts';
import { unitSchema } from './unit-schema.ts';

const { optional, text, object, map, list, either, integer, absent } = fields;

const directory = either(
  [
    absent,
    object(
      {
        mode: optional(text('Four octal digits, quoted.', { default: '0755' })),
        owner: optional(text('Owning user.', { default: 'root' })),
        group: optional(text('Owning group.', { default: 'root' })),
      },
      'A directory that is there.',
    ),
  ],
  'A directory, or `absent`.',
);

const artifact = object(
  {
    url: text('Where it is fetched from.'),
    sha256: text('Checksum, 64 hex digits; checked before anything is used.'),
    extract: optional(text('The member of an archive to keep.')),
    mode: optional(text('Four octal digits, quoted.', { default: '0755' })),
  },
  'A file fetched from elsewhere.',
);

const user = either(
  [
    absent,
    object(
      {
        uid: optional(integer('Numeric id.', { minimum: 0 })),
        groups: optional(list(text('A group.'), 'Groups beside the user’s own.')),
        shell: optional(text('Login shell.')),
        home: optional(text('Home directory.')),
        authorizedKeys: optional(
          object(
            {
              file: optional(text('A file beside the definition.')),
              content: optional(text('The keys, one a line.')),
            },
            'SSH keys; exactly one of file and content.',
          ),
        ),
      },
      'A user that is there.',
    ),
  ],
  'A user, or `absent`.',
);

const mount = object(
  {
    device: text('What is mounted.'),
    type: optional(text('File system type.', { default: 'auto' })),
    options: optional(text('Mount options, divided by commas.', { default: 'defaults' })),
  },
  'One mount.',
);

const reboot = object(
  {
    when: list(text('`kernel`, or an absolute path.'), 'Changes that ask for a reboot.'),
    window: optional(text('Cron expression of when it may happen.')),
  },
  'When the server is rebooted, one at a time within maxUnavailable, drained.',
);

const group = object({ gid: optional(integer('Numeric id.', { minimum: 0 })) }, 'A group.');

export const machineConfigSchema = object(
  {
    priority: optional(
      integer('Higher wins per path, unit and probe; two writers of equal priority are an error.', {
        default: 50,
      }),
    ),
    selector: fields.selector,
    packages: optional(map(text('A version, `*` for any, or `absent`.'), 'Packages by name.')),
    artifacts: optional(map(artifact, 'Fetched files by path.')),
    groups: optional(map(group, 'Groups by name.')),
    users: optional(map(user, 'Users by name.')),
    directories: optional(map(directory, 'Directories by absolute path.')),
    files: optional(map(fileSchema, 'Files by absolute path.')),
    units: optional(map(unitSchema, 'Services by unit name.')),
    sysctls: optional(map(text('The value, quoted.'), 'Kernel settings by key.')),
    modules: optional(list(text('A module.'), 'Kernel modules to load.')),
    mounts: optional(map(mount, 'Mounts by absolute path.')),
    reboot: optional(reboot),
    preconditions: optional(
      map(
        probeSchema(['exec', 'file', 'freeDisk', 'http'], '10s', 0),
        'What must hold before anything is touched.',
      ),
    ),
    checks: optional(
      map(probeSchema(['exec', 'http', 'tcp', 'unit'], '30s', 3), 'What must hold afterwards.'),
    ),
  },
  'What servers shall be: files, directories, services and checks for every server that the selector matches.',
);

export type MachineConfigSpec = Static<typeof machineConfigSchema>;
