import { type Static, Type } from 'typebox';
import { fields } from '../fields.ts';

const { optional, text, object, map, list, integer, duration, size, word, flag } = fields;

const secretUse = object(
  {
    secret: text('The VaultSecret.'),
    key: text('The key of it.'),
    file: optional(text('Written to this path instead of the environment, as `/secrets/token`.')),
    onChange: optional(word(['Restart', 'None'], 'What a new value does to the running program.', 'Restart')),
  },
  'A secret that the program reads from Vault by its workload identity.',
);

const programFile = object(
  {
    file: optional(text('A file beside the definition, copied byte for byte.')),
    template: optional(text('A file beside the definition whose `${{ }}` are expanded.')),
    content: optional(text('The text itself.')),
    mode: optional(text('File mode, four octal digits in quotes.', { default: '0644' })),
    onChange: optional(
      text('What a new content does to the running program: `Restart`, `Signal:HUP` or `None`.', {
        default: 'Restart',
        pattern: '^(Restart|None|Signal:[A-Z][A-Z0-9]*)$',
      }),
    ),
  },
  'One file of the program; exactly one of file, template and content.',
);

const device = object(
  {
    count: optional(integer('How many of them.', { default: 1, minimum: 1 })),
    constraints: optional(
      list(Type.String(), 'Conditions that must hold, as `device.attr.memory >= 8 GiB`.'),
    ),
  },
  'A device of the server.',
);

const needs = {
  cpu: optional(integer('Share of CPU in MHz.', { default: 100, minimum: 1 })),
  cores: optional(integer('Whole cores of its own, instead of cpu.', { minimum: 1 })),
  memory: size('Memory that is reserved.'),
  memoryMax: optional(
    size('Memory that it may take where there is some; the scheduler must allow oversubscription.'),
  ),
  devices: optional(map(device, 'Devices by name, as `nvidia/gpu`.')),
} as const;

/** The disk is that of all programs of an instance, so the main one alone has it. */
export const mainResources = object(
  { ...needs, disk: optional(size('Disk for logs and task folders.', '300Mi')) },
  'What it needs of a server.',
);

const volumeUse = object(
  {
    mount: text('Where it stands in the program’s file system.'),
    readOnly: optional(flag('Whether it is only read.', false)),
  },
  'A volume by the name that the servers, or a NomadVolume, give it.',
);

/** What one container or process is: the application’s own, and each of its sidecars. */
export const programFields = {
  image: optional(text('The container image; best with a digest.')),
  command: optional(
    list(Type.String(), 'Program and arguments; without an image run on the server itself, isolated.'),
  ),
  args: optional(
    list(Type.String(), 'Further arguments; of the image’s own program where there is no command.'),
  ),
  entrypoint: optional(list(Type.String(), 'Takes the place of the image’s entrypoint.')),
  user: optional(text('The user that it runs as.')),
  workdir: optional(text('The folder that it starts in.')),
  env: optional(map(Type.String(), 'Environment variables.')),
  files: optional(
    map(programFile, 'Files by path; `/local/…` and `/secrets/…` lie in the task’s own folders.'),
  ),
  secrets: optional(map(secretUse, 'Secrets by the environment variable that holds them.')),
  resources: object(needs, 'What it needs of a server.'),
  volumes: optional(map(volumeUse, 'Volumes by name.')),
  kill: optional(
    object(
      {
        signal: optional(
          text('The signal that asks it to end; an image’s own where it says another.', {
            default: 'SIGTERM',
          }),
        ),
        timeout: optional(duration('How long it may take to end.', '30s')),
      },
      'How it is ended.',
    ),
  ),
} as const;

const programSchema = object(programFields, 'A further program beside the main one, in the same network.');

export const sidecarSchema = programSchema;

export type ProgramSpec = Static<typeof programSchema>;
export type ProgramFileSpec = Static<typeof programFile>;
export type SecretUse = Static<typeof secretUse>;
