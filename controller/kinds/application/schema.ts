import { type Static, Type } from 'typebox';
import { jobReference } from '../../kinds/nomad-job/schema.ts';
import { fields } from '../fields.ts';
import { mainResources, programFields, sidecarSchema } from './program-schema.ts';

const { optional, text, object, map, list, either, integer, duration, word, flag, free } = fields;

const portNumber = (description: string) => integer(description, { minimum: 1, maximum: 65_535 });

const port = either(
  [
    portNumber('The port that the program listens on; the server’s port is chosen by Nomad.'),
    object(
      {
        port: portNumber('The port that the program listens on.'),
        static: optional(portNumber('The port of the server, always this one.')),
      },
      'A port with a fixed number on the server.',
    ),
  ],
  'A port.',
);

const health = object(
  {
    http: optional(
      object(
        { path: text('The path that answers with 2xx.', { default: '/' }), port: text('Name of the port.') },
        'Asked by HTTP.',
      ),
    ),
    tcp: optional(object({ port: text('Name of the port.') }, 'A connection is made.')),
    exec: optional(list(Type.String(), 'Program and arguments, run inside; ends with 0 when well.')),
    interval: optional(duration('Time between two checks.', '10s')),
    timeout: optional(duration('Time that a check may take.', '2s')),
  },
  'When it counts as well; exactly one of http, tcp and exec.',
);

const route = object(
  {
    host: text('The host name.'),
    path: optional(text('Beginning of the path.', { default: '/' })),
    port: text('Name of the port.'),
  },
  'What the ingress leads here.',
);

const schedule = object(
  {
    cron: text('When, as `15 2 * * *`.'),
    timezone: optional(text('The zone of these times.', { default: 'UTC' })),
    overlap: optional(
      word(['Forbid', 'Allow'], 'Whether a run begins while the former one still runs.', 'Forbid'),
    ),
  },
  'Run at times.',
);

const weighed = either(
  [
    text('A condition as in constraints.'),
    object(
      {
        expr: text('A condition as in constraints.'),
        weight: optional(
          integer('From -100 (never if it can be) to 100.', { default: 50, minimum: -100, maximum: 100 }),
        ),
      },
      'A condition with a weight.',
    ),
  ],
  'Where it had better land.',
);

const placement = object(
  {
    pool: optional(text('The node pool.', { default: 'default' })),
    spread: optional(word(['failureDomain', 'datacenter'], 'What its instances are spread over.')),
    distinctHosts: optional(flag('Whether no two instances share a server.', false)),
    constraints: optional(list(Type.String(), 'Conditions that must hold, as `attr.cpu.arch = amd64`.')),
    affinities: optional(list(weighed, 'Conditions that had better hold.')),
  },
  'Where it may land.',
);

const update = object(
  {
    maxParallel: optional(integer('How many are replaced at once.', { default: 1, minimum: 0 })),
    canaries: optional(
      integer('How many new ones run beside the old before these go.', { default: 0, minimum: 0 }),
    ),
    autoPromote: optional(flag('Whether healthy canaries are promoted without a person.', false)),
    minHealthy: optional(duration('How long it must be well.', '10s')),
    deadline: optional(duration('Time that one instance has to become well.', '5m')),
    autoRevert: optional(flag('Whether Nomad goes back to the last version that was well.', true)),
  },
  'How a new version takes over.',
);

const migration = object(
  {
    command: list(Type.String(), 'Program and arguments.'),
    deadline: optional(duration('Time that it has.', '15m')),
  },
  'A job of its own with the same image, environment and secrets, run once for each content before the new version.',
);

export const applicationSchema = object(
  {
    type: optional(word(['Service', 'Batch', 'System', 'Sysbatch'], 'What kind of job it is.', 'Service')),
    ...programFields,
    resources: mainResources,
    count: optional(integer('How many instances.', { default: 1, minimum: 0 })),
    schedule: optional(schedule),
    once: optional(word(['PerContent'], 'A batch job that runs once for each content, before services.')),
    ports: optional(
      map(port, 'Ports by name; each is a service, the first under the application’s own name.'),
    ),
    health: optional(health),
    routes: optional(list(route, 'What the ingress leads here.')),
    placement: optional(placement),
    update: optional(update),
    migration: optional(migration),
    sidecars: optional(map(sidecarSchema, 'Further programs by name, started before the main one.')),
    stateful: optional(
      flag('Whether stop, move and destructive update are dangers that a person confirms.', false),
    ),
    dependsOn: optional(list(jobReference, 'Jobs that must be healthy first.')),
    onStopped: optional(
      word(
        ['Respect', 'Heal'],
        'What becomes of it when a person stopped it; the environment’s rule when absent.',
      ),
    ),
    patch: optional(
      free('Merged into the rendered job, in the API’s own field names; lists of named things by name.'),
    ),
  },
  'An application: what most jobs are, rendered to a Nomad job with its services.',
);

export type ApplicationSpec = Static<typeof applicationSchema>;
