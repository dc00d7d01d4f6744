import type { MachineText } from '../../kinds/server/machine-view.ts';

const folder = String.raw`^/(?:etc|usr/lib|usr/local/lib|lib|run)/systemd/system/`;
const types = 'service|socket|timer|path|mount|automount|swap|slice|target|scope';
const unitFile = new RegExp(`${folder}[^/]+\\.(?:${types})$`);
const dropInFile = new RegExp(`${folder}([^/]+\\.(?:${types}))\\.d/[^/]+\\.conf$`);

/** Whether systemd reads it: declared as a unit or drop-in, or as a file at such a path. */
export function isUnitText({ path, isBroken }: Pick<MachineText, 'path' | 'isBroken'>): boolean {
  return !isBroken && (unitFile.test(path) || dropInFile.test(path));
}

/** The unit that a text belongs to. */
export function unitOf(path: string): string {
  return dropInFile.exec(path)?.[1] ?? path.slice(path.lastIndexOf('/') + 1);
}

export function isDropIn(path: string): boolean {
  return dropInFile.test(path);
}

/** `service` of `nomad.service`. */
export function unitType(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}
