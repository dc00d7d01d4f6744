import type { Static } from 'typebox';
import { fields } from '../fields.ts';

const { optional, text, map, object, integer, size, frequency } = fields;

const reserved = object(
  {
    cpu: optional(frequency('Speed that jobs do not get.')),
    memory: optional(size('Memory that jobs do not get.')),
    disk: optional(size('Disk that jobs do not get.')),
  },
  'What the system keeps for itself: Nomad gives jobs the rest.',
);

export const serverClassSchema = object(
  {
    cores: integer('Processor cores.', { minimum: 1 }),
    cpu: optional(
      frequency('Speed of all cores together, as Nomad counts it: 16 cores of 3 GHz are `48GHz`.'),
    ),
    memory: size('Memory of the machine.'),
    arch: optional(text('Processor architecture, as Nomad spells it.', { default: 'amd64' })),
    disks: optional(map(size('Size of the disk.'), 'Disks by device name.')),
    reserved: optional(reserved),
  },
  'The hardware of a kind of machine, so that a fleet says it once.',
);

export type ServerClassSpec = Static<typeof serverClassSchema>;
