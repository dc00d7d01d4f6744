import type { Diagnostic } from '../../model/diagnostic.ts';
import { findingOf } from '../../model/diagnostic-code.ts';
import { textOf } from '../../model/json-values.ts';
import { didYouMean, nearestWord } from '../../model/nearest.ts';
import type { Rule } from '../rule.ts';
import { driverCodes } from './driver-codes.ts';
import { builtInDrivers, isKnownElsewhere } from './driver-words.ts';
import { allGroups, type JobTask } from './job-parts.ts';
import { type PluginWords, pluginWords } from './plugin-words.ts';

/** Each task is run by a driver that there is. */
export const knownDriver: Rule = (fleet) => {
  const plugins = pluginWords(fleet);
  const told = new Set<string>();
  return allGroups(fleet).flatMap(({ tasks, fleetJob }) =>
    tasks.flatMap((task) => {
      const finding = checkTask(task, plugins);
      // A job that several of its tasks bind to one driver has one mistake.
      const key = JSON.stringify([fleetJob.resource.path, finding?.span]);
      if (finding === undefined || told.has(key)) return [];
      told.add(key);
      return [finding];
    }),
  );
};

function checkTask(
  { task, name, locate }: JobTask,
  plugins: PluginWords | undefined,
): Diagnostic | undefined {
  const driver = textOf(task['Driver']);
  if (driver === '' || isGiven(driver, plugins)) return undefined;
  const place = { span: locate({ attribute: 'driver' }) };
  if (driver === 'raw_exec') {
    const message = `the task ${name} uses raw_exec, which is off unless the plugin’s configuration says otherwise`;
    const hint = 'write plugins: {raw_exec: {enabled: true}} in the NomadCluster, or use exec';
    return plugins === undefined ? undefined : findingOf(driverCodes.notSaid, { ...place, message, hint });
  }
  if (!isKnownElsewhere(driver) && nearestWord(driver, builtInDrivers) !== undefined) {
    const message = `there is no driver ${driver}, which the task ${name} uses`;
    return findingOf(driverCodes.misspelt, { ...place, message, hint: didYouMean(driver, builtInDrivers) });
  }
  if (plugins === undefined) return undefined;
  const message = `the task ${name} uses the driver ${driver}, and no client is said to have its plugin`;
  return findingOf(driverCodes.notSaid, { ...place, message });
}

/** A plugin is named by its program, as nomad-driver-podman. */
function isGiven(driver: string, plugins: PluginWords | undefined): boolean {
  if (driver === 'raw_exec') {
    const isOn = plugins?.configs(driver).some(({ enabled }) => enabled === true) === true;
    return isOn || plugins?.isInOwnWords(driver) === true;
  }
  if (builtInDrivers.includes(driver)) return true;
  const isNamed = plugins?.names.some((plugin) => plugin.includes(driver)) === true;
  return isNamed || plugins?.isInOwnWords(driver) === true;
}
