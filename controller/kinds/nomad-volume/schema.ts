import type { Static } from 'typebox';
import { fields } from '../fields.ts';

const { optional, text, object, map, list, word, size, integer } = fields;

/** Access modes as definitions spell them; Nomad’s are the same in kebab case. */
const accessModes = [
  'SingleNodeReaderOnly',
  'SingleNodeWriter',
  'SingleNodeSingleWriter',
  'SingleNodeMultiWriter',
  'MultiNodeReaderOnly',
  'MultiNodeSingleWriter',
  'MultiNodeMultiWriter',
] as const;

const capability = object(
  {
    accessMode: word([...accessModes], 'Who may have it at once, and for what.'),
    attachmentMode: optional(word(['FileSystem', 'BlockDevice'], 'How a task gets it.', 'FileSystem')),
  },
  'One way to use the volume.',
);

const constraint = object(
  {
    attribute: text('The node’s attribute, as `${attr.kernel.name}` or `${meta.rack}`.'),
    operator: optional(text('How it is compared, as in a job.', { default: '=' })),
    value: optional(text('What it is compared with.')),
  },
  'A condition on the node.',
);

const segments = map(text('The segment.'), 'Segments of one place, as `zone: a`.');

export const nomadVolumeSchema = object(
  {
    type: word(['Host', 'CSI'], 'A folder that a plugin makes on a node, or a volume of a storage provider.'),
    plugin: optional(
      text(
        'Id of the plugin; `mkdir` for Host when absent. One of your own must answer within 5 s: Drover asks again, and Nomad would make a second folder on another node.',
      ),
    ),
    count: optional(
      integer('Host: on how many nodes there is one, each on its own.', { default: 1, minimum: 1 }),
    ),
    capacity: optional(
      object(
        { min: optional(size('The least size.')), max: optional(size('The largest size.')) },
        'Size that is asked for; `mkdir` limits nothing.',
      ),
    ),
    capabilities: optional(list(capability, 'Ways to use the volume; one writer on one node when absent.')),
    nodePool: optional(text('Host: the pool of the node; any when absent.')),
    constraints: optional(list(constraint, 'Host: conditions on the node.')),
    parameters: optional(map(text('A value.'), 'What the plugin is told when it makes the volume.')),
    externalId: optional(
      text('CSI: the id of a volume that exists at the provider; it is registered, not made.'),
    ),
    context: optional(map(text('A value.'), 'CSI: what the plugin is told with each use.')),
    mountOptions: optional(
      object(
        {
          fsType: optional(text('File system.')),
          mountFlags: optional(list(text('A flag.'), 'Flags of the mount.')),
        },
        'CSI: how it is mounted.',
      ),
    ),
    topologies: optional(
      object(
        {
          required: optional(list(segments, 'Places of which one must be able to reach it.')),
          preferred: optional(list(segments, 'Places in order of preference.')),
        },
        'CSI: from where it must be reached.',
      ),
    ),
    cloneId: optional(text('CSI: the volume that it begins as a copy of.')),
    snapshotId: optional(text('CSI: the snapshot that it begins as.')),
    secrets: optional(
      map(
        text('Never here.'),
        'CSI: refused. Nomad keeps them in clear; give the plugin’s job its credentials.',
      ),
    ),
  },
  'A volume of Nomad (1.10 or newer for Host), named as its metadata. Drover makes and changes volumes, and never deletes one.',
);

export type NomadVolumeSpec = Static<typeof nomadVolumeSchema>;
