export { kebabName } from '../../controller/kinds/kebab-name.ts';

/** `machineconfigs`: the resource's name in Kubernetes' API. */
export function pluralName(kind: string): string {
  const singular = kind.toLowerCase();
  return singular.endsWith('y') && !singular.endsWith('ey') ? `${singular.slice(0, -1)}ies` : `${singular}s`;
}
