/** What a block of a policy may say. */
export interface RuleSchema {
  /** What its label may be; a block without one stands only once. */
  readonly label?: RegExp;
  readonly policies?: readonly string[];
  /** Without a policy the block is refused. */
  readonly needsPolicy?: true;
  readonly capabilities?: readonly string[];
  readonly blocks?: Readonly<Record<string, RuleSchema>>;
  /** Without any of its blocks it is refused. */
  readonly needsBlock?: true;
}

const plainName = /^[A-Za-z0-9*-]{1,128}$/;
const levels = ['deny', 'read', 'write', 'scale'] as const;

const volumeWords = ['read', 'list', 'mount', 'write'].map((word) => `csi-${word}-volume`);
const jobWords =
  'list parse read submit dispatch scale register revert deregister purge evaluate plan stable force-periodic'
    .split(' ')
    .map((word) => (word === 'list' ? 'list-jobs' : `${word}-job`));
const hostVolumeWords = 'create register read write delete'.split(' ').map((word) => `host-volume-${word}`);
const deploymentWords = 'fail pause promote unblock cancel set-alloc-health'
  .split(' ')
  .map((word) => `${word}-deployment`);

const namespaceCapabilities = [
  'deny',
  ...jobWords,
  'tag-job-version',
  'read-job-scaling',
  'list-scaling-policies',
  'read-scaling-policy',
  'read-logs',
  'read-fs',
  'alloc-exec',
  'alloc-node-exec',
  'alloc-lifecycle',
  'gc-allocation',
  'pause-allocation',
  'csi-register-plugin',
  ...volumeWords,
  ...hostVolumeWords,
  ...deploymentWords,
  'delete-service-registration',
  'sentinel-override',
  'submit-recommendation',
];

/** Blocks of a policy with their words, from Nomad's acl/policy.go (1.11). */
export const ruleSchema: RuleSchema = {
  blocks: {
    namespace: {
      label: plainName,
      policies: levels,
      capabilities: namespaceCapabilities,
      blocks: {
        variables: {
          needsBlock: true,
          blocks: {
            path: { label: /^[^/]/, capabilities: ['list', 'read', 'write', 'destroy', 'deny'] },
          },
        },
      },
    },
    node_pool: {
      label: /^[A-Za-z0-9_*-]{1,128}$/,
      policies: levels,
      capabilities: ['delete', 'deny', 'read', 'write'],
    },
    host_volume: {
      label: plainName,
      policies: levels,
      capabilities: ['deny', 'mount-readonly', 'mount-readwrite'],
    },
    agent: { policies: levels, needsPolicy: true },
    node: { policies: levels, needsPolicy: true },
    quota: { policies: levels, needsPolicy: true },
    operator: {
      policies: levels,
      capabilities: [
        'deny',
        'snapshot-save',
        'license-read',
        'keyring-rotate',
        'keyring-read',
        'keyring-delete',
      ],
    },
    sentinel: {
      policies: levels,
      capabilities: ['deny', 'sentinel-read', 'sentinel-submit', 'sentinel-delete'],
    },
    plugin: { policies: ['deny', 'read', 'list', 'write'], needsPolicy: true },
  },
};

/** Everything that may stand in such a block. */
export function namesOf(schema: RuleSchema): readonly string[] {
  return [
    ...(schema.policies === undefined ? [] : ['policy']),
    ...(schema.capabilities === undefined ? [] : ['capabilities']),
    ...Object.keys(schema.blocks ?? {}),
  ];
}
