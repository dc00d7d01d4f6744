import type { MachineConfig } from '../../kinds/server/machine-configs.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { canonicalJson } from '../../model/json.ts';
import { missing } from '../../model/mistake.ts';
import { carriedFields } from '../carried-fields.ts';
import { parseCron } from '../cron.ts';
import { finding } from '../finding.ts';
import type { Fleet } from '../kind.ts';
import { kindCodes } from '../kind-codes.ts';
import { matchesSelector } from '../selector.ts';
import { selectorHint } from '../selector-hint.ts';
import { checkFiles } from './check-files.ts';
import { isPlainPath } from './check-path.ts';
import { checkProbes } from './check-probes.ts';
import { checkSystem } from './check-system.ts';
import { checkUnits } from './check-units.ts';
import { checkUsers } from './check-users.ts';

/** Fields that are rendered and sent, and that this version's agent does not act on. */
const carried = [
  'packages',
  'artifacts',
  'groups',
  'users',
  'sysctls',
  'modules',
  'mounts',
  'reboot',
] as const;

export function checkMachineConfig(resource: MachineConfig, fleet: Fleet): readonly Diagnostic[] {
  return [
    ...checkFiles(resource, fleet),
    ...checkUnits(resource, fleet),
    ...checkSystem(resource),
    ...checkUsers(resource, fleet),
    ...checkReboot(resource),
    ...checkProbes(resource),
    ...carriedFields(resource, carried),
    ...checkSelector(resource, fleet),
  ];
}

function checkReboot(resource: MachineConfig): readonly Diagnostic[] {
  const { reboot } = resource.spec;
  const cron = reboot?.window === undefined ? undefined : parseCron(reboot.window);
  const paths = (reboot?.when ?? []).flatMap((path, index) => {
    if (path === 'kernel' || isPlainPath(path)) return [];
    const message = `"${path}" is neither kernel nor a plain absolute path`;
    return [finding(resource, ['spec', 'reboot', 'when', index], { entry: kindCodes.path, message })];
  });
  if (cron === undefined || cron.ok) return paths;
  const { message, hint } = cron;
  return [
    ...paths,
    finding(resource, ['spec', 'reboot', 'window'], { entry: kindCodes.rebootWindow, message, hint }),
  ];
}

function checkSelector(resource: MachineConfig, fleet: Fleet): readonly Diagnostic[] {
  const { selector } = resource.spec;
  const labelled = fleet.byKind('Server').map(({ metadata }) => metadata.labels);
  const isUsed = labelled.some((labels) => matchesSelector(selector, labels));
  if (isUsed || fleet.mayMiss?.('Server') === true) return [];
  const message = `the selector of ${resource.metadata.name} matches no server`;
  const hint = selectorHint(selector, labelled);
  const mistake = missing('server', canonicalJson(selector));
  return [
    finding(resource, ['spec', 'selector'], { entry: kindCodes.selectsNothing, message, hint, mistake }),
  ];
}
