import type { Static } from 'typebox';
import { Type } from 'typebox';
import { fields } from '../fields.ts';
import { driftSchema, guardSchema, rolloutSchema } from './rules-schema.ts';

const { optional, text, object, map, list, duration, word, flag, integer } = fields;

const approvals = object(
  {
    count: optional(integer('Approvals that a proposal needs.', { default: 1, minimum: 0, maximum: 20 })),
    codeOwners: optional(flag('Whether owners of the source files must approve.', true)),
    carryOver: optional(
      word(['SameDigest', 'Never'], 'Whether an approval of the definitions counts here.', 'SameDigest'),
    ),
  },
  'Who must agree.',
);

const window = object(
  {
    allow: optional(text('Cron expression: merges may begin here.')),
    deny: optional(text('Cron expression: merges may not begin here.')),
    for: duration('How long it lasts.'),
    timezone: optional(text('Time zone by name.', { default: 'UTC' })),
  },
  'A window; exactly one of allow and deny.',
);

const freeze = object(
  { from: text('First day, as `2026-12-18`.'), to: text('Last day.'), reason: text('Why.') },
  'A time without merges.',
);

const gate = object(
  {
    promql: optional(text('Query whose result must not be empty.')),
    http: optional(text('URL that must answer with a status below 400.')),
    cel: optional(text('Expression that must be true.')),
    timeout: optional(duration('How long an answer may take.', '10m')),
  },
  'A gate; exactly one of promql, http and cel.',
);

const hotfix = object(
  {
    skip: optional(list(word(['after', 'soak', 'windows'], 'A gate.'), 'Gates that a hotfix passes by.')),
    approvals: optional(integer('Approvals that a hotfix needs.', { default: 1, minimum: 1 })),
  },
  'What a hotfix may skip.',
);

const environment = object(
  {
    folders: Type.Array(text('A folder, read with all below it.'), {
      description: 'Layers, first to last: a later one may patch what an earlier one declares.',
      minItems: 1,
    }),
    cluster: text('Name of the cluster in the controller’s own configuration.'),
    mode: optional(
      word(['Observe', 'Enforce'], 'In `Observe` nothing but git and forge is written.', 'Observe'),
    ),
    vars: optional(
      map(Type.Unknown(), 'Values for `${{ vars.KEY }}` and for HCL variables of the same name.'),
    ),
    after: optional(
      list(text('An environment.'), 'Environments that must have converged on the same commit.'),
    ),
    soak: optional(duration('How long they must have stayed so.', '0s')),
    merge: optional(word(['Manual', 'Auto'], 'Who merges a proposal whose gates are green.', 'Manual')),
    approvals: optional(approvals),
    windows: optional(list(window, 'When merges may begin.')),
    freezes: optional(list(freeze, 'Times without merges.')),
    gates: optional(map(gate, 'Gates by name.')),
    guard: optional(guardSchema),
    hotfix: optional(hotfix),
    drift: optional(driftSchema),
    rollout: optional(rolloutSchema),
    converged: optional(
      object(
        {
          servers: optional(
            text('How many of the counted servers suffice.', { default: '100%', pattern: '^[0-9]{1,3}%$' }),
          ),
          silentFor: optional(duration('After this time without a word a server is silent.', '10m')),
        },
        'When a revision counts as converged.',
      ),
    ),
    onFailure: optional(word(['Stop', 'ProposeRevert'], 'What a failed rollout does.', 'Stop')),
    epoch: optional(
      integer('1 until `drover recover` raises it; not for hand editing.', { default: 1, minimum: 0 }),
    ),
  },
  'One environment: one Consul datacenter, one Nomad region, one Vault.',
);

const named = (description: string) => optional(list(text('A name, `*` for any part.'), description));

const tenantJobs = object(
  {
    drivers: optional(list(text('A driver.'), 'Task drivers that they may use; any when absent.')),
    privileged: optional(flag('Whether their containers may be privileged.', false)),
    hostVolumes: named('Volumes and paths of servers that they may mount; any when absent.'),
    vaultPaths: named(
      'Paths in Vault, without `data/`, whose secrets they may define and read; any when absent.',
    ),
    consulPrefixes: named('Consul keys that they may define and read, by prefix; any when absent.'),
  },
  'What its jobs may use.',
);

export const tenantSchema = object(
  {
    path: text('Glob over definition files: `*` within a folder, `**` across folders.'),
    kinds: optional(list(text('A kind.'), 'Kinds that they may hold.')),
    namespaces: optional(list(text('A namespace.'), 'Namespaces that they may use.')),
    jobs: optional(tenantJobs),
  },
  'What a part of the repository may hold.',
);

const notification = object(
  {
    to: text('Name of a receiver in the controller’s own configuration.'),
    on: list(word(['Failed', 'Drifted', 'Held', 'Converged'], 'An event.'), 'What is told.'),
    environments: optional(list(text('An environment.'), 'Where; everywhere when absent.')),
  },
  'Who is told what.',
);

const names = (description: string) => optional(list(text('A name.'), description));

export const projectSchema = object(
  {
    drover: optional(text('Versions of Drover that may render this, as `>=0.4 <0.6`.')),
    environments: map(environment, 'Environments by name: DNS labels that do not end in `-next`.'),
    tenants: optional(list(tenantSchema, 'What parts of the repository may hold.')),
    breakGlass: optional(
      object(
        { remotes: names('URLs of other remotes.'), signers: names('Names of allowed signers.') },
        'What counts when the forge is down.',
      ),
    ),
    notify: optional(list(notification, 'Who is told what.')),
  },
  'The whole fleet: its environments and their rules. One document, in `drover.yaml`.',
);

export type ProjectSpec = Static<typeof projectSchema>;
export type EnvironmentSpec = Static<typeof environment>;
