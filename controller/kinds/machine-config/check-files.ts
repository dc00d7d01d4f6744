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
      const mode = directory === 'absent' ? undefined : directory.mode;
      return [...checkPath(resource, at, path), ...checkMode(resource, at, mode)];
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
    ...checkSourceFile(resource, fleet, { file: file.file, at: [...at, 'file'], isText: false }),
    ...checkSourceFile(resource, fleet, { file: template, at: [...at, 'template'], isText: true }),
    ...checkValidate(resource, at, file),
  ];
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
