import type { Diagnostic } from '../../model/diagnostic.ts';
import type { UnitEntry } from '../machines/read-unit-text.ts';
import { isDropIn, unitOf, unitType } from '../machines/unit-texts.ts';
import type { ReadUnit, UnitJudge } from './read-units.ts';
import { unitCodes } from './unit-codes.ts';

/** Units have what their type must have. What drop-ins add is not known of each. */
export const refusedUnit: UnitJudge = (unit, { view }) => {
  const { path } = unit.text;
  const name = unitOf(path);
  const folder = badFolder(unit);
  const hasDropIns = view.spec.files.some((file) => isDropIn(file.path) && unitOf(file.path) === name);
  if (isDropIn(path) || hasDropIns) return folder;
  return [...folder, ...(checks[unitType(name)]?.(unit, name) ?? [])];
};

type Check = (unit: ReadUnit, name: string) => readonly Diagnostic[];

const checks: Readonly<Record<string, Check>> = {
  service: (unit) => [...restartedOneshot(unit), ...namelessBus(unit)],
  timer: (unit, name) =>
    missing(unit, 'Timer', /^On/, `${name} never elapses: it has no OnCalendar=, OnBootSec= or the like`),
  path: (unit, name) =>
    missing(
      unit,
      'Path',
      /^(?:Path|DirectoryNotEmpty)/,
      `${name} watches nothing: it has no PathExists=, PathChanged= or the like`,
    ),
  socket: (unit, name) =>
    missing(unit, 'Socket', /^Listen/, `${name} listens to nothing: it has no ListenStream= or the like`),
  mount: (unit, name) => [
    ...missing(unit, 'Mount', /^What$/, `${name} has no What=: there is nothing to mount`),
    ...misnamed(unit, name),
  ],
};

function badFolder({ read, say }: ReadUnit): readonly Diagnostic[] {
  return read.entries.flatMap((entry) => {
    const folder = entry.value.replace(/^-/, '');
    const isFine =
      entry.value === '' || entry.value.startsWith('-') || /^[/~%]/.test(folder.replace(/^["']/, ''));
    if (entry.key !== 'WorkingDirectory' || isFine) return [];
    const message = `WorkingDirectory= is an absolute path, and ${folder.slice(0, 60)} is none`;
    return [say(unitCodes.refused, entry, { message, hint: 'write the path from / on', word: folder })];
  });
}

function missing(
  { read, say }: ReadUnit,
  section: string,
  names: RegExp,
  message: string,
): readonly Diagnostic[] {
  const own = read.sections.find(({ name }) => name === section);
  const has = read.entries.some(
    (entry) => entry.section === section && names.test(entry.key) && entry.value !== '',
  );
  const at = own === undefined ? undefined : { line: own.line, section, key: `[${section}]`, value: '' };
  return own === undefined || has ? [] : [say(unitCodes.refused, at, { message })];
}

function lastOf({ read }: ReadUnit, section: string, key: string): UnitEntry | undefined {
  return read.entries.findLast((entry) => entry.section === section && entry.key === key);
}

function restartedOneshot(unit: ReadUnit): readonly Diagnostic[] {
  const restart = lastOf(unit, 'Service', 'Restart');
  const isOneshot = lastOf(unit, 'Service', 'Type')?.value === 'oneshot';
  if (!isOneshot || restart === undefined || !['always', 'on-success'].includes(restart.value)) return [];
  const message = `Restart=${restart.value} can’t be with Type=oneshot, which ends when it has done its work`;
  const hint = 'write Restart=on-failure, or start it by a timer';
  return [unit.say(unitCodes.refused, restart, { message, hint, word: restart.value })];
}

function namelessBus(unit: ReadUnit): readonly Diagnostic[] {
  const type = lastOf(unit, 'Service', 'Type');
  if (type?.value !== 'dbus' || lastOf(unit, 'Service', 'BusName') !== undefined) return [];
  const message = 'Type=dbus waits for a name on the bus, and BusName= says none';
  return [unit.say(unitCodes.refused, type, { message, hint: 'add BusName=', word: type.value })];
}

function misnamed(unit: ReadUnit, name: string): readonly Diagnostic[] {
  const where = lastOf(unit, 'Mount', 'Where');
  if (where === undefined || where.value.includes('%') || !where.value.startsWith('/')) return [];
  const expected = `${escapePath(where.value)}.mount`;
  if (expected === name) return [];
  const message = `${name} can’t mount ${where.value}: a mount unit is named after its path`;
  const hint = `call it ${expected}`;
  return [unit.say(unitCodes.refused, where, { message, hint, word: where.value })];
}

/** As `systemd-escape --path` has it. */
function escapePath(path: string): string {
  const plain = path.replaceAll(/\/+/g, '/').replaceAll(/^\/|\/$/g, '');
  if (plain === '') return '-';
  const bytes = [...new TextEncoder().encode(plain)];
  return bytes
    .map((byte, index) => {
      const character = String.fromCodePoint(byte);
      if (character === '/') return '-';
      const isPlain = /[A-Za-z0-9:_.]/.test(character) && !(index === 0 && character === '.');
      return isPlain ? character : `\\x${byte.toString(16).padStart(2, '0')}`;
    })
    .join('');
}
