import { mergeMaps } from '../../kinds/server/machine-configs.ts';
import type { MachineView } from '../../kinds/server/machine-view.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { findingOf } from '../../model/diagnostic-code.ts';
import { didYouMean } from '../../model/nearest.ts';
import { machineCodes } from './machine-codes.ts';
import { absenceRule, machineRule } from './machine-rule.ts';

/** A unit that a check asks for is declared on the same server. */
export const checkOfNothing = absenceRule(({ server, view }) => {
  const units = view.spec.units.map(({ name }) => name);
  return unitChecks(view)
    .filter(({ unit }) => !units.includes(unit))
    .map(({ unit, config, at }) =>
      findingOf(machineCodes.checkOfNothing, {
        span: config.locate(at),
        message: `no configuration of ${server.metadata.name} declares the unit ${unit}`,
        hint: didYouMean(unit, units),
      }),
    );
});

/** And it is meant to run. */
export const impossibleCheck = machineRule(({ server, view }) => {
  const units = new Map(view.spec.units.map((unit) => [unit.name, unit]));
  return unitChecks(view).flatMap(({ unit: name, config, at }): Diagnostic[] => {
    const unit = units.get(name);
    if (unit === undefined || unit.state === 'Running') return [];
    const is = unit.absent === true ? 'absent' : unit.masked === true ? 'masked' : 'stopped';
    const message = `${name} is ${is} on ${server.metadata.name}, so it is never active`;
    return [findingOf(machineCodes.impossibleCheck, { span: config.locate(at), message })];
  });
});

function unitChecks({ configs }: MachineView) {
  return mergeMaps(configs, (spec) => spec.checks).flatMap(({ name, value, config }) => {
    const { unit } = value;
    if (unit === undefined || unit.includes('${{')) return [];
    return [{ unit, config, at: ['spec', 'checks', name, 'unit'] }];
  });
}
