/** What a block of a policy may say. */
export interface RuleSchema {
  readonly hasLabel?: true;
  readonly policies?: readonly string[];
  readonly capabilities?: readonly string[];
  readonly blocks?: Readonly<Record<string, RuleSchema>>;
}

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
      hasLabel: true,
      policies: levels,
      capabilities: namespaceCapabilities,
      blocks: {
        variables: {
          blocks: {
            path: { hasLabel: true, capabilities: ['list', 'read', 'write', 'destroy', 'deny'] },
          },
        },
      },
    },
    node_pool: { hasLabel: true, policies: levels, capabilities: ['delete', 'deny', 'read', 'write'] },
    host_volume: {
      hasLabel: true,
      policies: levels,
      capabilities: ['deny', 'mount-readonly', 'mount-readwrite'],
    },
    agent: { policies: levels },
    node: { policies: levels },
    quota: { policies: levels },
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
    plugin: { policies: ['deny', 'read', 'list', 'write'] },
  },
};
