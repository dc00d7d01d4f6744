import type { Diagnostic } from '../../model/diagnostic.ts';
import { findingOf } from '../../model/diagnostic-code.ts';
import { objectOf, textOf, textsOf } from '../../model/json-values.ts';
import type { Rule } from '../rule.ts';
import { driverCodes } from './driver-codes.ts';
import { usualCapabilities } from './driver-words.ts';
import { allGroups, type JobTask } from './job-parts.ts';
import { type PluginWords, pluginWords } from './plugin-words.ts';

/** No task asks for rights that the configuration of its driver's plugin does not allow. */
export const containerRights: Rule = (fleet) => {
  const plugins = pluginWords(fleet);
  if (plugins === undefined) return [];
  return allGroups(fleet).flatMap(({ tasks }) =>
    tasks.flatMap((task) => [...checkPrivileged(task, plugins), ...checkCapabilities(task, plugins)]),
  );
};

function checkPrivileged({ task, name, locate }: JobTask, plugins: PluginWords): readonly Diagnostic[] {
  const config = objectOf(task['Config']);
  if (task['Driver'] !== 'docker' || config['privileged'] !== true) return [];
  const isAllowed = plugins.configs('docker').some(({ allow_privileged: said }) => said === true);
  if (isAllowed || plugins.isInOwnWords('allow_privileged')) return [];
  return [
    findingOf(driverCodes.beyondPlugin, {
      span: locate({ block: 'config', attribute: 'privileged' }),
      message: `the container of ${name} is to be privileged, and the docker plugin does not allow it`,
      hint: 'take it out, or set plugins.docker.allow_privileged in the NomadCluster',
    }),
  ];
}

function checkCapabilities({ task, name, locate }: JobTask, plugins: PluginWords): readonly Diagnostic[] {
  const driver = textOf(task['Driver']);
  if (!['docker', 'exec', 'java'].includes(driver) || plugins.isInOwnWords('allow_caps')) return [];
  const wanted = textsOf(objectOf(task['Config'])['cap_add']).map(plain);
  const allowed = new Set(plugins.configs(driver).flatMap(allowedBy));
  const refused = allowed.has('all') ? [] : wanted.filter((capability) => !allowed.has(capability));
  if (refused.length === 0) return [];
  return [
    findingOf(driverCodes.beyondPlugin, {
      span: locate({ block: 'config', attribute: 'cap_add' }),
      message: `the task ${name} is to have ${refused.join(', ')}, which the plugin of ${driver} does not allow`,
      hint: `take it out, or add it to plugins.${driver}.allow_caps in the NomadCluster, which replaces the usual ones`,
    }),
  ];
}

function allowedBy({ allow_caps: said }: ReturnType<PluginWords['configs']>[number]): readonly string[] {
  return said === undefined ? usualCapabilities : textsOf(said).map(plain);
}

/** `CAP_NET_ADMIN` and `net_admin` are one. */
function plain(capability: string): string {
  return capability.toLowerCase().replace(/^cap_/, '');
}
