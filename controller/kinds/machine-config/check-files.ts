import type { MachineConfig } from '../../kinds/server/machine-configs.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { exactlyOne } from '../exactly-one.ts';
import { finding } from '../finding.ts';
import type { Fleet } from '../kind.ts';
import { kindCodes } from '../kind-codes.ts';
import { checkSourceFile } from '../source-file.ts';
import { checkMode, checkPath } from './check-path.ts';
import type { FileDefinition } from './file-schema.ts';

export function checkFiles(resource: MachineConfig, fleet: Fleet): readonly Diagnostic[] {
  const { files = {}, directories = {} } = resource.spec;
  return [
    ...Object.entries(directories).flatMap(([path, directory]) => {
      const at = ['spec', 'directories', path];
      if (directory === 'absent') return checkPath(resource, at, path);
      return [
        ...checkPath(resource, at, path),
        ...checkMode(resource, at, directory.mode),
        ...checkOwners(resource, at, directory),
      ];
    }),
    ...Object.entries(files).flatMap(([path, file]) => {
      const inPath = checkPath(resource, ['spec', 'files', path], path);
      return file === 'absent' ? inPath : [...inPath, ...checkFile(resource, fleet, path, file)];
    }),
  ];
}

function checkFile(
  resource: MachineConfig,
  fleet: Fleet,
  path: string,
  file: FileDefinition,
): readonly Diagnostic[] {
  const at = ['spec', 'files', path];
  const template = typeof file.template === 'string' ? file.template : undefined;
  return [
    ...checkContent(resource, at, file),
    ...checkMode(resource, at, file.mode),
    ...checkOwners(resource, at, file),
    ...checkLink(resource, at, file.link),
    ...checkSourceFile(resource, fleet, { file: file.file, at: [...at, 'file'], isText: false }),
    ...checkSourceFile(resource, fleet, { file: template, at: [...at, 'template'], isText: true }),
    ...checkValidate(resource, at, file),
  ];
}

/** What the system call takes: relative targets too, and those that are not there yet. */
function checkLink(
  resource: MachineConfig,
  at: readonly string[],
  link: string | undefined,
): readonly Diagnostic[] {
  if (link === undefined || (link !== '' && link.length < 4096 && !/[\p{Cc}\p{Cf}]/u.test(link))) return [];
  const message = `a link can't lead to "${link}"`;
  return [finding(resource, [...at, 'link'], { entry: kindCodes.value, message })];
}

/** Names and numbers of accounts as passwd and group can hold them. */
function checkOwners(
  resource: MachineConfig,
  at: readonly string[],
  owners: { readonly owner?: string; readonly group?: string },
): readonly Diagnostic[] {
  return (['owner', 'group'] as const).flatMap((field) => {
    const name = owners[field];
    if (name === undefined || name.includes('${{') || /^[A-Za-z0-9_][\w.@-]{0,255}\$?$/.test(name)) return [];
    const message = `"${name}" is no name of an account`;
    return [finding(resource, [...at, field], { entry: kindCodes.value, message })];
  });
}

/** A command that is not given the temporary file checks the old one, or none. */
function checkValidate(
  resource: MachineConfig,
  at: readonly string[],
  { validate }: FileDefinition,
): readonly Diagnostic[] {
  if (validate === undefined || validate.some((argument) => argument.includes('{}'))) return [];
  const message = 'the command is never given the new file';
  return [finding(resource, [...at, 'validate'], { entry: kindCodes.validate, message })];
}

function checkContent(
  resource: MachineConfig,
  at: readonly string[],
  file: FileDefinition,
): readonly Diagnostic[] {
  // `template: true` belongs to content; a text after `template` is a source of its own.
  const isFlag = typeof file.template === 'boolean';
  const sources = isFlag ? ['file', 'content', 'link'] : ['file', 'content', 'template', 'link'];
  const one = exactlyOne(resource, at, file, sources);
  if (file.template === true && file.content === undefined && one.length === 0) {
    const message = 'template: true stands beside content; a file is named as `template: FILE`';
    return [finding(resource, [...at, 'template'], { entry: kindCodes.exactlyOne, message })];
  }
  const isRaw = file.content !== undefined && file.template !== true;
  if (!isRaw || !file.content?.includes('${{')) return one;
  const message = '${{ }} stays in this content as it is';
  return [...one, finding(resource, [...at, 'content'], { entry: kindCodes.notExpanded, message })];
}
