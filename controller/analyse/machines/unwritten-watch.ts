import { mergeMaps } from '../../kinds/server/machine-configs.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { findingOf } from '../../model/diagnostic-code.ts';
import { didYouMean } from '../../model/nearest.ts';
import { machineCodes } from './machine-codes.ts';
import { absenceRule, type Machine } from './machine-rule.ts';
import { writtenPaths } from './written-paths.ts';

/** What a unit watches is written on the same server. */
export const unwrittenWatch = absenceRule((machine) => {
  const { view } = machine;
  const paths = writtenPaths(view);
  const packages = new Set(mergeMaps(view.configs, (spec) => spec.packages).map(({ name }) => name));
  return mergeMaps(view.configs, (spec) => spec.units).flatMap(({ name, value, config }) => {
    if (typeof value === 'string') return [];
    return (['restartOn', 'reloadOn'] as const).flatMap((field) =>
      (value[field] ?? []).flatMap((watched, index): Diagnostic[] => {
        const at = ['spec', 'units', name, field, index];
        const read = expanded(watched, { machine, config, at });
        const known = read?.includes('/') === true ? paths : packages;
        if (read === undefined || known.has(read)) return [];
        const what = read.includes('/') ? 'writes' : 'declares the package';
        return [
          findingOf(machineCodes.unwrittenWatch, {
            span: config.locate(at),
            message: `${name} watches ${read}, and no configuration of ${machine.server.metadata.name} ${what} ${read.includes('/') ? 'it' : read}`,
            hint: didYouMean(read, known),
          }),
        ];
      }),
    );
  });
});

/** What the text is on that server; none when its expressions have findings, which rendering tells. */
function expanded(
  text: string,
  {
    machine,
    config,
    at,
  }: {
    machine: Machine;
    config: Parameters<Machine['fleet']['expand']>[1]['at'];
    at: readonly (string | number)[];
  },
): string | undefined {
  if (!text.includes('${{')) return text;
  const { fleet, server } = machine;
  const { text: read, diagnostics } = fleet.expand(text, {
    server: server.metadata.name,
    at: config,
    field: at,
  });
  return diagnostics.length > 0 ? undefined : read;
}
