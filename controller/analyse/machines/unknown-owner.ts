import { mergeMaps } from '../../kinds/server/machine-configs.ts';
import type { MachineView } from '../../kinds/server/machine-view.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { findingOf } from '../../model/diagnostic-code.ts';
import { didYouMean } from '../../model/nearest.ts';
import { machineCodes } from './machine-codes.ts';
import { absenceRule } from './machine-rule.ts';
import { isBroughtBy, systemGroups, systemUsers } from './system-accounts.ts';

/** Owners of files and directories, and the groups of users, are accounts that the server has or gets. */
export const unknownOwner = absenceRule(({ server, view }) => {
  const known = accountsOf(view);
  const entries = (['files', 'directories'] as const).flatMap((field) =>
    mergeMaps<'absent' | { readonly owner?: string; readonly group?: string }>(
      view.configs,
      (spec) => spec[field],
    ).map((won) => ({ ...won, at: ['spec', field, won.name] })),
  );
  const owners = entries.flatMap(({ value, config, at }) => {
    if (value === 'absent') return [];
    return [
      { what: 'user' as const, name: value.owner, config, at: [...at, 'owner'] },
      { what: 'group' as const, name: value.group, config, at: [...at, 'group'] },
    ];
  });
  const members = mergeMaps(view.configs, (spec) => spec.users).flatMap(({ name, value, config }) =>
    value === 'absent'
      ? []
      : (value.groups ?? []).map((group, index) => ({
          what: 'group' as const,
          name: group,
          config,
          at: ['spec', 'users', name, 'groups', index],
        })),
  );
  return [...owners, ...members].flatMap(({ what, name, config, at }): Diagnostic[] => {
    if (name === undefined || name.includes('${{') || /^\d+$/.test(name)) return [];
    if (known[what].has(name) || isBroughtBy(name, known.packages)) return [];
    return [
      findingOf(machineCodes.unknownOwner, {
        span: config.locate(at),
        message: `no configuration of ${server.metadata.name} declares the ${what} ${name}`,
        hint: didYouMean(name, known[what]),
      }),
    ];
  });
});

function accountsOf({ configs }: MachineView) {
  const present = (field: 'users' | 'groups' | 'packages') =>
    mergeMaps<unknown>(configs, (spec) => spec[field])
      .filter(({ value }) => value !== 'absent')
      .map(({ name }) => name);
  const users = present('users');
  return {
    user: new Set([...systemUsers, ...users]),
    // Every user has a group of its own name.
    group: new Set([...systemGroups, ...systemUsers, ...users, ...present('groups')]),
    packages: present('packages'),
  };
}
