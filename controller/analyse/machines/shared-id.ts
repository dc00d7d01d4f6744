import { mergeMaps } from '../../kinds/server/machine-configs.ts';
import type { MachineView } from '../../kinds/server/machine-view.ts';
import { findingOf } from '../../model/diagnostic-code.ts';
import { machineCodes } from './machine-codes.ts';
import { machineRule } from './machine-rule.ts';

/** No two users, and no two groups, of one server have the same number. */
export const sharedId = machineRule(({ view }) =>
  [numbersOf(view, 'users', 'uid'), numbersOf(view, 'groups', 'gid')].flatMap((accounts) =>
    [...Map.groupBy(accounts, ({ id }) => id).values()].flatMap(([first, ...others]) =>
      first === undefined
        ? []
        : others.map(({ id, span }) =>
            findingOf(machineCodes.idTwice, {
              span: span(),
              message: `${id} is already the number of ${first.name}`,
              related: [{ message: `${first.name} has it here`, span: first.span() }],
            }),
          ),
    ),
  ),
);

function numbersOf({ configs }: MachineView, field: 'users' | 'groups', key: 'uid' | 'gid') {
  return mergeMaps<'absent' | { readonly uid?: number; readonly gid?: number }>(
    configs,
    (spec) => spec[field],
  ).flatMap(({ name, value, config }) => {
    const id = value === 'absent' ? undefined : value[key];
    return id === undefined ? [] : [{ name, id, span: () => config.locate(['spec', field, name, key]) }];
  });
}
