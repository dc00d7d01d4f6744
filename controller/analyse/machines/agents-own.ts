import { mergeMaps } from '../../kinds/server/machine-configs.ts';
import { findingOf } from '../../model/diagnostic-code.ts';
import { machineCodes } from './machine-codes.ts';
import { machineRule } from './machine-rule.ts';

/** The same as the agent refuses whatever its settings are: node/payload/check-policy.ts. */
const kernelPath = /^\/(?:proc|sys|dev)(?:\/|$)/;
const temporaryName = /\/\.drover-[^/]*$/;
const ownUnit = 'drover-agent.service';
const ownUnitFile =
  /^\/(?:etc|run|lib|usr\/lib|usr\/local\/lib)\/systemd\/system[^/]*\/drover-agent\.service/;
const ownSettings = /^\/etc\/drover\/agent\.yaml$/;

/** Nothing is said of what every agent refuses. */
export const agentsOwn = machineRule(({ view }) => {
  const paths = (['files', 'directories', 'artifacts'] as const).flatMap((field) =>
    mergeMaps<unknown>(view.configs, (spec) => spec[field]).flatMap(({ name, config }) => {
      const why = refusalOf(name);
      return why === undefined ? [] : [{ config, at: ['spec', field, name], message: `${name} ${why}` }];
    }),
  );
  const units = mergeMaps<unknown>(view.configs, (spec) => spec.units)
    .filter(({ name }) => name === ownUnit)
    .map(({ name, config }) => ({
      config,
      at: ['spec', 'units', name],
      message: `${name} is the agent itself`,
    }));
  return [...paths, ...units].map(({ config, at, message }) =>
    findingOf(machineCodes.agentsOwn, { span: config.locate(at, 'key'), message }),
  );
});

/** Why no agent takes that path, as the rest of a sentence. */
export function refusalOf(path: string): string | undefined {
  if (kernelPath.test(path)) return 'belongs to the kernel';
  if (temporaryName.test(path)) return 'has a name that the agent gives to temporary files';
  return ownUnitFile.test(path) || ownSettings.test(path) ? 'is the agent’s own' : undefined;
}
