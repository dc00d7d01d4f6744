/** `machine-config` of `MachineConfig`: files and folders of a kind. */
export function kebabName(kind: string): string {
  return kind.replace(/(?<=[a-z])[A-Z]/g, '-$&').toLowerCase();
}

/** `machineconfigs`: the resource's name in Kubernetes' API. */
export function pluralName(kind: string): string {
  const singular = kind.toLowerCase();
  return singular.endsWith('y') && !singular.endsWith('ey') ? `${singular.slice(0, -1)}ies` : `${singular}s`;
}
