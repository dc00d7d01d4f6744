import { createObjectAdoption } from '../object-target.ts';

export const consulAclPolicies = createObjectAdoption({
  title: 'Consul ACL policies',
  needs: 'acl = "read"',
  kind: 'ConsulACLPolicy',
  unit: 'consul-acl-policy',
  word: 'Consul ACL policy',
  file: 'consul/acl-policies.yaml',
  isAsked: ({ consul }) => consul !== undefined,
  keys: async ({ consul }, signal) => (await consul?.listings.aclPolicies.keys('', signal)) ?? [],
  objects: ({ consul }) => consul?.aclPolicies ?? { read: async () => undefined },
  // Consul's own, and those that Drover is run with.
  isForeign: (key) => /^(?:global-|builtin\/|drover-)/.test(key),
  define({ key, spec: live }, labels) {
    const { Description: description, Datacenters: datacenters, Rules: rules } = live;
    const name = labels(key);
    return {
      name,
      spec: {
        ...(name === key ? {} : { name: key }),
        ...(description === '' || description === undefined ? {} : { description }),
        ...(Array.isArray(datacenters) && datacenters.length > 0 ? { datacenters } : {}),
        rules: { inline: rules ?? '' },
      },
    };
  },
});
