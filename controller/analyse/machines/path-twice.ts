import { mergeMaps } from '../../kinds/server/machine-configs.ts';
import type { MachineView } from '../../kinds/server/machine-view.ts';
import { unitPath } from '../../kinds/server/render-units.ts';
import type { Span } from '../../model/diagnostic.ts';
import { findingOf } from '../../model/diagnostic-code.ts';
import { machineCodes } from './machine-codes.ts';
import { machineRule } from './machine-rule.ts';

interface Entry {
  readonly path: string;
  readonly what: string;
  readonly span: () => Span;
}

/** One path of a server is one thing, whatever the priorities: they decide between files, not between a file and a folder. */
export const pathTwice = machineRule(({ view }) =>
  [...Map.groupBy(entriesOf(view), ({ path }) => path).values()].flatMap(([first, ...others]) =>
    first === undefined
      ? []
      : others.map(({ path, what, span }) =>
          findingOf(machineCodes.pathTwice, {
            span: span(),
            message: `${path} is ${what} here, and ${first.what} elsewhere`,
            related: [{ message: `${first.what} here`, span: first.span() }],
          }),
        ),
  ),
);

const kinds = { files: 'a file', directories: 'a directory', artifacts: 'an artifact' } as const;

function entriesOf({ configs, texts }: MachineView): readonly Entry[] {
  const mapped = (['files', 'directories', 'artifacts'] as const).flatMap((field) =>
    mergeMaps<unknown>(configs, (spec) => spec[field]).map(
      ({ name, config }): Entry => ({
        path: name,
        what: kinds[field],
        span: () => config.locate(['spec', field, name], 'key'),
      }),
    ),
  );
  const units = mergeMaps(configs, (spec) => spec.units).flatMap(({ name, value, config }): Entry[] => {
    const isFile = value === 'absent' || (value !== 'masked' && (value.file ?? value.content) !== undefined);
    const span = () => config.locate(['spec', 'units', name], 'key');
    return isFile ? [{ path: unitPath(name), what: 'the file of a unit', span }] : [];
  });
  const dropIns = texts
    .filter(({ use }) => use === 'drop-in')
    .map(
      ({ path, config, at }): Entry => ({
        path,
        what: 'a drop-in',
        span: () => config.locate(at.slice(0, -1), 'key'),
      }),
    );
  return [...mapped, ...units, ...dropIns];
}
