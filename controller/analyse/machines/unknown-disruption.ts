import { mergeMaps } from '../../kinds/server/machine-configs.ts';
import { findingOf } from '../../model/diagnostic-code.ts';
import { didYouMean } from '../../model/nearest.ts';
import { machineCodes } from './machine-codes.ts';
import { absenceRule } from './machine-rule.ts';

/** The map `disruption` names units that a configuration of the server declares. */
export const unknownDisruption = absenceRule(({ server, view }) => {
  const units = view.spec.units.map(({ name }) => name);
  return mergeMaps(view.configs, (spec) => spec.disruption)
    .filter(({ name }) => !units.includes(name))
    .map(({ name, config }) =>
      findingOf(machineCodes.disruptionOfNothing, {
        span: config.locate(['spec', 'disruption', name], 'key'),
        message: `no configuration of ${server.metadata.name} declares the unit ${name}`,
        hint: didYouMean(name, units),
      }),
    );
});
