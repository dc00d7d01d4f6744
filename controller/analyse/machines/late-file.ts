import { mergeMaps } from '../../kinds/server/machine-configs.ts';
import { findingOf } from '../../model/diagnostic-code.ts';
import { machineCodes } from './machine-codes.ts';
import { machineRule } from './machine-rule.ts';

/** What a precondition asks for is there before Drover comes. */
export const lateFile = machineRule(({ server, view }) => {
  const written = new Set([
    ...view.texts.map(({ path }) => path),
    ...view.spec.files.flatMap((file) => ('link' in file ? [file.path] : [])),
    ...view.spec.directories.flatMap(({ path, absent }) => (absent === true ? [] : [path])),
  ]);
  return mergeMaps(view.configs, (spec) => spec.preconditions).flatMap(({ name, value, config }) => {
    const { file } = value;
    if (file === undefined || !written.has(file)) return [];
    return [
      findingOf(machineCodes.lateFile, {
        span: config.locate(['spec', 'preconditions', name, 'file']),
        message: `${file} is written to ${server.metadata.name} by Drover itself, after the preconditions`,
      }),
    ];
  });
});
