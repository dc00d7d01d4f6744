import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts';
import { createObjectAdoption } from '../object-target.ts';

export const nomadAclPolicies = createObjectAdoption({
  title: 'Nomad ACL policies',
  needs: 'to be a management token',
  kind: 'NomadACLPolicy',
  unit: 'nomad-acl-policy',
  word: 'ACL policy',
  file: 'nomad/acl-policies.yaml',
  isAsked: ({ nomad }) => nomad !== undefined,
  keys: async ({ nomad }, signal) => (await nomad?.listings.aclPolicies.keys('', signal)) ?? [],
  objects: ({ nomad }) => nomad?.aclPolicies ?? { read: async () => undefined },
  isForeign: () => false,
  define: ({ spec: live }) => ({ spec: specOf(live) }),
});

function specOf(live: JsonObject): JsonObject {
  return {
    ...(live['Description'] === undefined ? {} : { description: live['Description'] }),
    rules: { inline: live['Rules'] ?? '' },
    ...jobOf(live['JobACL']),
  };
}

function jobOf(value: Json | undefined): JsonObject {
  if (!isJsonObject(value) || value['JobID'] === undefined) return {};
  const { Namespace: namespace = 'default', JobID: id, Group: group, Task: task } = value;
  const part = { ...(group === undefined ? {} : { group }), ...(task === undefined ? {} : { task }) };
  return { job: { namespace, id, ...part } };
}
