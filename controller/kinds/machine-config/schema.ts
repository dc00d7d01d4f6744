import type { Static } from 'typebox';
import { fields } from '../fields.ts';
import { fileSchema } from './file-schema.ts';
import { probeSchema } from './probe-schema.ts';
import {
  artifactSchema,
  groupSchema,
  mountSchema,
  packageSchema,
  rebootSchema,
  sysctlSchema,
  userSchema,
} from './system-schema.ts';
import { disruptionSchema, unitSchema } from './unit-schema.ts';

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

export const machineConfigSchema = object(
  {
    priority: optional(
      integer('Higher wins per path, unit and probe; two writers of equal priority are an error.', {
        default: 50,
      }),
    ),
    selector: fields.selector,
    packages: optional(map(packageSchema, 'Packages by name.')),
    artifacts: optional(map(artifactSchema, 'Fetched files by absolute path.')),
    groups: optional(map(groupSchema, 'Groups by name.')),
    users: optional(map(userSchema, 'Users by name.')),
    directories: optional(map(directory, 'Directories by absolute path.')),
    files: optional(map(fileSchema, 'Files by absolute path.')),
    units: optional(map(unitSchema, 'Services by unit name.')),
    disruption: optional(
      map(
        disruptionSchema,
        'The most that a change may cause, by unit name, for units that this or another configuration declares. What a unit says itself wins.',
      ),
    ),
    sysctls: optional(map(sysctlSchema, 'Kernel settings by key, as `vm.swappiness`.')),
    modules: optional(list(text('A module.'), 'Kernel modules to load, now and at every start.')),
    mounts: optional(map(mountSchema, 'Mounts by absolute path.')),
    reboot: optional(rebootSchema),
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
