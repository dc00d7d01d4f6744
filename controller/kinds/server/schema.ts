import type { Static } from 'typebox';
import { serverClassSchema } from '../../kinds/server-class/schema.ts';
import { fields } from '../fields.ts';

const { optional, text, word, map, list, object, flag, scalar, either, size, duration } = fields;

const networkInterface = object(
  {
    address: text('IP address, with or without a prefix length.'),
    network: optional(text('Name of the network that it is in.')),
    mac: optional(text('Hardware address.')),
    advertise: optional(flag('Whether others reach the server at this address.', true)),
  },
  'One network interface.',
);

const volume = object(
  {
    path: text('Absolute path on the server.'),
    size: optional(size('Size that the volume is meant to have.')),
    access: optional(word(['Exclusive', 'OneWriter', 'ReadOnly'], 'Who may use it at once.', 'Exclusive')),
    stateful: optional(flag('Whether losing it loses data.', false)),
    dynamic: optional(flag('Whether Nomad makes it.', false)),
  },
  'One host volume.',
);

const taint = object(
  {
    key: text('Name of the taint.'),
    value: optional(text('Value of the taint.', { default: '' })),
    effect: word(['NoSchedule'], 'What it does to jobs that do not tolerate it.'),
  },
  'A mark that keeps jobs away.',
);

const drain = object(
  {
    before: optional(list(text('`Reboot`, or `Restart:` and a unit.'), 'What drains the server first.')),
    deadline: optional(duration('How long allocations may take to move.', '10m')),
    ignoreSystemJobs: optional(flag('Whether system jobs stay.', true)),
  },
  'When and how the server is emptied.',
);

export const serverSchema = object(
  {
    state: optional(
      word(['Active', 'Cordoned', 'Draining', 'Maintenance'], 'Whether work may land on it.', 'Active'),
    ),
    datacenter: optional(text('The Nomad and Consul datacenter.', { default: 'dc1' })),
    failureDomain: optional(text('What fails together with it: a rack, a zone.')),
    class: either(
      [text('Name of a ServerClass.'), serverClassSchema],
      'The hardware: a ServerClass by name, or written out.',
    ),
    interfaces: map(networkInterface, 'Network interfaces by name; at least one.'),
    nodePool: optional(text('The Nomad node pool.', { default: 'default' })),
    taints: optional(list(taint, 'Marks that keep jobs away.')),
    volumes: optional(map(volume, 'Host volumes by name.')),
    drain: optional(drain),
    facts: optional(map(scalar('A fact.'), 'Free facts for templates, as `${{ server.facts.KEY }}`.')),
  },
  'One machine. The label `drover.dev/quorum: "consul,nomad"` names the quorum groups whose members take turns.',
);

export type ServerSpec = Static<typeof serverSchema>;
