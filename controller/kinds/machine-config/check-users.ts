import type { MachineConfig } from '../../kinds/server/machine-configs.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { FieldPath } from '../../model/resource.ts';
import { exactlyOne } from '../exactly-one.ts';
import { finding } from '../finding.ts';
import type { Fleet } from '../kind.ts';
import { kindCodes } from '../kind-codes.ts';
import { checkSourceFile, sourceText } from '../source-file.ts';
import { badKeyLine } from './authorized-keys.ts';
import { isPlainPath } from './check-path.ts';
import type { PresentUser } from './system-schema.ts';

/** As useradd takes it: what is written elsewhere with these names could not be told from options or numbers. */
const accountName = /^[a-z_][a-z0-9_-]{0,30}\$?$/;

export function checkUsers(resource: MachineConfig, fleet: Fleet): readonly Diagnostic[] {
  const { users = {}, groups = {} } = resource.spec;
  return [
    ...Object.entries(groups).flatMap(([name, group]) => {
      const at = ['spec', 'groups', name];
      const gid = group === 'absent' ? undefined : group.gid;
      return [
        ...checkName(resource, at, name, 'group'),
        ...checkId(resource, [...at, 'gid'], { name, id: gid }),
        ...checkRootStays(resource, at, name, group),
      ];
    }),
    ...Object.entries(users).flatMap(([name, user]) => {
      const at = ['spec', 'users', name];
      return [
        ...checkName(resource, at, name, 'user'),
        ...checkRootStays(resource, at, name, user),
        ...(user === 'absent' ? [] : checkUser(resource, fleet, name, user)),
      ];
    }),
  ];
}

function checkUser(
  resource: MachineConfig,
  fleet: Fleet,
  name: string,
  user: PresentUser,
): readonly Diagnostic[] {
  const at = ['spec', 'users', name];
  const paths = (['shell', 'home'] as const).flatMap((field) => {
    const path = user[field];
    if (path === undefined || path.includes('${{') || path === '/' || isPlainPath(path)) return [];
    const message = `"${path}" is no plain absolute path`;
    return [finding(resource, [...at, field], { entry: kindCodes.path, message })];
  });
  return [
    ...checkId(resource, [...at, 'uid'], { name, id: user.uid }),
    ...(user.groups ?? []).flatMap((group, index) =>
      group.includes('${{') ? [] : checkName(resource, [...at, 'groups', index], group, 'group'),
    ),
    ...paths,
    ...checkKeys(resource, fleet, at, user.authorizedKeys),
  ];
}

function checkName(
  resource: MachineConfig,
  at: FieldPath,
  name: string,
  what: string,
): readonly Diagnostic[] {
  if (accountName.test(name)) return [];
  const message = `"${name}" is no name of a ${what}`;
  const hint = 'use lower-case letters, digits, dashes and underscores, 32 at most, and begin with a letter';
  return [finding(resource, at, { entry: kindCodes.name, message, hint, part: 'key' })];
}

/** Numbers that systems give a meaning of their own: 0 is root, 65534 nobody, 65535 "not known". */
function checkId(
  resource: MachineConfig,
  at: FieldPath,
  { name, id }: { readonly name: string; readonly id: number | undefined },
): readonly Diagnostic[] {
  const isRoot = name === 'root';
  if (id === undefined || (isRoot ? id === 0 : id !== 0 && id !== 65_534 && id !== 65_535)) return [];
  const message = isRoot ? `root has the number 0, not ${id}` : `the number ${id} can't be that of ${name}`;
  return [finding(resource, at, { entry: kindCodes.accountId, message })];
}

function checkRootStays(
  resource: MachineConfig,
  at: FieldPath,
  name: string,
  account: unknown,
): readonly Diagnostic[] {
  if (name !== 'root' || account !== 'absent') return [];
  return [finding(resource, at, { entry: kindCodes.accountId, message: 'root can’t be taken away' })];
}

function checkKeys(
  resource: MachineConfig,
  fleet: Fleet,
  user: FieldPath,
  keys: PresentUser['authorizedKeys'],
): readonly Diagnostic[] {
  if (keys === undefined) return [];
  const at = [...user, 'authorizedKeys'];
  const [field, text] =
    keys.file === undefined
      ? (['content', keys.content] as const)
      : (['file', sourceText(resource, fleet, keys.file)] as const);
  const wrong = text === undefined ? undefined : badKeyLine(text);
  return [
    ...exactlyOne(resource, at, keys, ['file', 'content']),
    ...checkSourceFile(resource, fleet, { file: keys.file, at: [...at, 'file'], isText: true }),
    ...(wrong === undefined
      ? []
      : [
          finding(resource, [...at, field], {
            entry: kindCodes.authorizedKeys,
            message: `line ${wrong.line} of the SSH keys ${wrong.what}`,
          }),
        ]),
  ];
}
