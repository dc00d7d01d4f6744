/** `machine-config` of `MachineConfig`, `nomad-acl-policy` of `NomadACLPolicy`: files and folders of a kind. */
export function kebabName(kind: string): string {
  return kind.replace(/(?<=[a-z])[A-Z]|(?<=[A-Z])[A-Z](?=[a-z])/g, '-$&').toLowerCase();
}
