import { mergeMaps } from '../../kinds/server/machine-configs.ts';
import { findingOf } from '../../model/diagnostic-code.ts';
import { machineCodes } from './machine-codes.ts';
import { machineRule } from './machine-rule.ts';

/** A file that may cut the server off takes effect while the agent still watches. */
export const unseenContact = machineRule(({ server, view }) => {
  const watched = new Set(view.spec.units.flatMap(({ restartOn, reloadOn }) => [...restartOn, ...reloadOn]));
  return mergeMaps(view.configs, (spec) => spec.files).flatMap(({ name, value, config }) => {
    if (value === 'absent' || value.contact !== true || watched.has(name)) return [];
    return [
      findingOf(machineCodes.unseenContact, {
        span: config.locate(['spec', 'files', name], 'key'),
        message: `no unit of ${server.metadata.name} restarts or reloads on ${name}, so a mistake in it shows at the next boot`,
      }),
    ];
  });
});
