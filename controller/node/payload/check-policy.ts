import { posix } from 'node:path';
import type { Manifest } from '../../model/payload.ts';

export interface Policy {
  /** Folder that managed paths lie below. */
  readonly root: string;
  readonly allow: { readonly paths: readonly string[]; readonly units: readonly string[] };
  /** Absolute paths of the host that are the agent's own: settings, keys, state. Whatever lies below is refused too. */
  readonly ownPaths: readonly string[];
}

const kernelFolders = ['/proc', '/sys', '/dev'];
const unitName = /^[A-Za-z0-9:_.@-]{1,200}\.(service|socket|timer|path|mount|target|slice)$/;
const ownUnits = new Set(['drover-agent.service']);
/** The agent's unit file and its drop-ins, wherever systemd reads them: a file there is the unit by another road. */
const ownUnitFile =
  /^\/(etc|run|lib|usr\/lib|usr\/local\/lib)\/systemd\/system[^/]*\/drover-agent\.service(\.d)?(\/|$)/;

/** One sentence for the first path or unit that this server does not let Drover touch. */
export function checkPolicy(manifest: Manifest, policy: Policy): string | undefined {
  const paths = [...manifest.directories, ...manifest.files].map((entry) => entry.path);
  return (
    firstDefined(paths, (path) => refusePath(path, policy)) ??
    firstTwin(paths) ??
    firstDefined(manifest.units, (unit) => refuseUnit(unit.name, policy)) ??
    firstTwin(manifest.units.map((unit) => unit.name))
  );
}

function refusePath(path: string, policy: Policy): string | undefined {
  const quoted = JSON.stringify(path);
  if (!isNormal(path)) return `the path ${quoted} is not normalised`;
  if (kernelFolders.some((folder) => isWithin(path, folder)))
    return `the path ${quoted} belongs to the kernel`;
  if (posix.basename(path).startsWith('.drover-'))
    return `the path ${quoted} has a name that the agent uses itself`;
  if (ownUnitFile.test(path)) return `the path ${quoted} is the agent's own unit`;
  const onHost = posix.join(policy.root, path);
  if (policy.ownPaths.some((own) => isWithin(onHost, own) || isWithin(own, onHost))) {
    // A folder above the agent's own files may be declared with its mode; only a file there would replace them.
    const isAbove = policy.ownPaths.every((own) => !isWithin(onHost, own));
    if (!isAbove) return `the path ${quoted} is the agent's own`;
  }
  if (!policy.allow.paths.some((pattern) => matchesPath(path, pattern))) {
    return `the path ${quoted} is not allowed in agent.yaml`;
  }
  return undefined;
}

function refuseUnit(name: string, policy: Policy): string | undefined {
  if (!unitName.test(name)) return `the unit name ${JSON.stringify(name)} is not valid`;
  if (ownUnits.has(name)) return `the unit ${name} is the agent's own`;
  const isAllowed = policy.allow.units.some((glob) => posix.matchesGlob(name, glob));
  return isAllowed ? undefined : `the unit ${name} is not allowed in agent.yaml`;
}

function isNormal(path: string): boolean {
  return path !== '/' && !/[\0\\\n]/.test(path) && posix.normalize(path) === path && !path.endsWith('/');
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}

function matchesPath(path: string, pattern: string): boolean {
  return /[*?[{]/.test(pattern)
    ? posix.matchesGlob(path, pattern)
    : isWithin(path, pattern.replace(/(?<=.)\/$/, ''));
}

function firstTwin(names: readonly string[]): string | undefined {
  const seen = new Set<string>();
  const twin = names.find((name) => seen.size === seen.add(name).size);
  return twin === undefined ? undefined : `${JSON.stringify(twin)} is named twice`;
}

function firstDefined<T>(items: readonly T[], judge: (item: T) => string | undefined): string | undefined {
  for (const item of items) {
    const sentence = judge(item);
    if (sentence !== undefined) return sentence;
  }
  return undefined;
}
