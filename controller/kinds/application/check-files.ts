import type { Diagnostic } from '../../model/diagnostic.ts';
import type { FieldPath, Resource } from '../../model/resource.ts';
import { applicationCodes } from '../application-codes.ts';
import { exactlyOne } from '../exactly-one.ts';
import { finding } from '../finding.ts';
import type { Fleet } from '../kind.ts';
import { kindCodes } from '../kind-codes.ts';
import { checkSourceFile } from '../source-file.ts';
import { isFilePath, isInTaskFolder } from './file-place.ts';
import type { Program } from './program.ts';
import type { ProgramFileSpec } from './program-schema.ts';
import type { ApplicationSpec } from './schema.ts';

type Definition = Resource<ApplicationSpec>;

/** Files, secrets as files, and volumes: their contents and their places. */
export function checkFiles(program: Program, resource: Definition, fleet: Fleet): readonly Diagnostic[] {
  const { spec, at } = program;
  const files = Object.entries(spec.files ?? {}).flatMap(([path, file]) => [
    ...checkContent(resource, fleet, { file, at: [...at, 'files', path] }),
    ...checkSignal(program, resource, { path, file }),
  ]);
  return [...files, ...checkPaths(program, resource)];
}

function checkContent(
  resource: Definition,
  fleet: Fleet,
  { file, at }: { file: ProgramFileSpec; at: FieldPath },
): readonly Diagnostic[] {
  const mode =
    file.mode === undefined || /^[0-7]{4}$/.test(file.mode) ? [] : [`"${file.mode}" is no file mode`];
  return [
    ...exactlyOne(resource, at, file, ['file', 'template', 'content']),
    ...checkSourceFile(resource, fleet, { file: file.file, at: [...at, 'file'], isText: true }),
    ...checkSourceFile(resource, fleet, { file: file.template, at: [...at, 'template'], isText: true }),
    ...mode.map((message) => finding(resource, [...at, 'mode'], { entry: kindCodes.mode, message })),
  ];
}

/** Nomad renames the new file over the old one: a bind mount keeps showing what it was made from. */
function checkSignal(
  { spec, at }: Program,
  resource: Definition,
  { path, file }: { path: string; file: ProgramFileSpec },
): readonly Diagnostic[] {
  const isMounted = spec.image !== undefined && !isInTaskFolder(path);
  if (!isMounted || file.onChange?.startsWith('Signal') !== true) return [];
  const message = `a signal tells the program to read ${path} again, where its container keeps showing the former file`;
  return [
    finding(resource, [...at, 'files', path, 'onChange'], { entry: applicationCodes.staleFile, message }),
  ];
}

interface Claim {
  readonly path: string;
  readonly at: FieldPath;
  readonly part: 'key' | 'value';
  readonly isVolume: boolean;
}

function checkPaths(program: Program, resource: Definition): readonly Diagnostic[] {
  const claims = claimsOf(program);
  const wrong = claims
    .filter((claim) => !isPlaced(claim))
    .map(({ path, at, part }) =>
      finding(resource, at, {
        entry: applicationCodes.filePath,
        message: `the program can’t be given anything at "${path}"`,
        part,
      }),
    );
  const taken = new Map<string, Claim>();
  const met = claims.filter(isPlaced).flatMap((claim) => {
    const other = metBy(claim, taken);
    const place = rooted(claim.path);
    if (!taken.has(place)) taken.set(place, claim);
    if (other === undefined) return [];
    const related = [{ message: `${other.path} is said here`, span: resource.locate(other.at, other.part) }];
    return [
      finding(resource, claim.at, {
        entry: applicationCodes.mountTwice,
        message: `${claim.path} meets ${other.path}`,
        related,
        part: claim.part,
      }),
    ];
  });
  return [...wrong, ...met];
}

function isPlaced({ path, isVolume }: Claim): boolean {
  return isFilePath(path) && (!isVolume || path.startsWith('/'));
}

function claimsOf({ spec, at }: Program): readonly Claim[] {
  const volumes = Object.entries(spec.volumes ?? {}).map(
    ([name, { mount }]): Claim => ({
      path: mount,
      at: [...at, 'volumes', name, 'mount'],
      part: 'value',
      isVolume: true,
    }),
  );
  const files = Object.keys(spec.files ?? {}).map(
    (path): Claim => ({ path, at: [...at, 'files', path], part: 'key', isVolume: false }),
  );
  const secrets = Object.entries(spec.secrets ?? {}).flatMap(([name, { file }]): readonly Claim[] =>
    file === undefined
      ? []
      : [{ path: file, at: [...at, 'secrets', name, 'file'], part: 'value', isVolume: false }],
  );
  return [...volumes, ...files, ...secrets];
}

/**
 * What stands at the same path, or the volume that a file would be inside of: a mount would leave an empty file in it. Volumes
 * are the first of all claims.
 */
function metBy(claim: Claim, taken: ReadonlyMap<string, Claim>): Claim | undefined {
  const place = rooted(claim.path);
  const same = taken.get(place);
  if (same !== undefined || claim.isVolume) return same;
  for (let end = place.lastIndexOf('/'); end > 0; end = place.lastIndexOf('/', end - 1)) {
    const above = taken.get(place.slice(0, end));
    if (above?.isVolume === true) return above;
  }
  return undefined;
}

function rooted(path: string): string {
  return path.startsWith('/') ? path : `/${path}`;
}
