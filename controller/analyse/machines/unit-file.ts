import type { MachineText } from '../../kinds/server/machine-view.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { CodeEntry } from '../../model/diagnostic-code.ts';
import { findingOf } from '../../model/diagnostic-code.ts';
import { didYouMean } from '../../model/nearest.ts';
import { machineCodes } from './machine-codes.ts';
import { type Machine, machineRule } from './machine-rule.ts';
import { placeInText } from './place-in-text.ts';
import { readUnitText, type UnitEntry, type UnitText } from './read-unit-text.ts';
import { textOf } from './text-of.ts';
import { isDropIn, isUnitText, unitOf, unitType } from './unit-texts.ts';

const ownSections: Readonly<Record<string, string>> = {
  service: 'Service',
  socket: 'Socket',
  timer: 'Timer',
  path: 'Path',
  mount: 'Mount',
  automount: 'Automount',
  swap: 'Swap',
  slice: 'Slice',
  scope: 'Scope',
};

/** Types whose own section must be there. */
const needed = new Set(['service', 'socket', 'timer', 'path', 'mount', 'automount', 'swap']);

/** Unit files are read by systemd as they are meant: sections, assignments, one command to start. */
export const unitFile = machineRule((machine) =>
  machine.view.texts.filter(isUnitText).flatMap((text) => {
    const read = readUnitText(textOf(text));
    const found = [...wrongSections(text, read, machine), ...oddLines(text, read, machine)];
    return found.length > 0 ? found : wrongCommand(text, read, machine);
  }),
);

type Say = (entry: CodeEntry, message: string, line?: number, hint?: string) => Diagnostic;

function sayer(text: MachineText, { fleet }: Machine): Say {
  return (entry, message, line, hint) =>
    findingOf(entry, { span: placeInText(fleet, text, line), message, hint });
}

function wrongSections(text: MachineText, read: UnitText, machine: Machine): readonly Diagnostic[] {
  const say = sayer(text, machine);
  const type = unitType(unitOf(text.path));
  const own = ownSections[type];
  const known = ['Unit', 'Install', ...(own === undefined ? [] : [own])];
  const unknown = read.sections
    .filter(({ name }) => !known.includes(name) && !name.startsWith('X-'))
    .map(({ line, name }) =>
      say(machineCodes.unitSection, `a ${type} has no section [${name}]`, line, didYouMean(name, known)),
    );
  const early = read.entries.find(({ section }) => section === '');
  if (early !== undefined) {
    return [
      ...unknown,
      say(machineCodes.unitSection, `${early.key}= stands before the first section`, early.line),
    ];
  }
  const isMissing =
    needed.has(type) && !read.sections.some(({ name }) => name === own) && !isDropIn(text.path);
  if (!isMissing || unknown.length > 0) return unknown;
  return [say(machineCodes.unitSection, `${unitOf(text.path)} has no section [${own}]`)];
}

function oddLines(text: MachineText, { odd }: UnitText, machine: Machine): readonly Diagnostic[] {
  const say = sayer(text, machine);
  return odd.map(({ line }) => say(machineCodes.unitLine, 'this line is no assignment and no section', line));
}

/** As systemd judges a service when it loads it (service_verify). What drop-ins add is not known of each. */
function wrongCommand(text: MachineText, { entries }: UnitText, machine: Machine): readonly Diagnostic[] {
  const name = unitOf(text.path);
  const hasDropIns = machine.view.spec.files.some(({ path }) => isDropIn(path) && unitOf(path) === name);
  if (unitType(name) !== 'service' || isDropIn(text.path) || hasDropIns) return [];
  const service = entries.filter(({ section }) => section === 'Service');
  const starts = valuesOf(service, 'ExecStart');
  const isOneshot = valuesOf(service, 'Type').at(-1)?.value === 'oneshot';
  const say = sayer(text, machine);
  if (starts.length === 0) {
    const message = `${name} has no ExecStart=: there is nothing to start`;
    return canDoWithout(service, isOneshot) ? [] : [say(machineCodes.unitCommand, message)];
  }
  if (starts.length < 2 || isOneshot) return [];
  const message = `${name} has ${starts.length} ExecStart=, and only a oneshot may`;
  return [say(machineCodes.unitCommand, message, starts[1]?.line, 'keep one, or write Type=oneshot')];
}

function canDoWithout(service: readonly UnitEntry[], isOneshot: boolean): boolean {
  const stays = isOneshot || valuesOf(service, 'RemainAfterExit').at(-1)?.value === 'yes';
  return stays && ['ExecStop', 'SuccessAction'].some((key) => valuesOf(service, key).length > 0);
}

/** What an assignment to a list comes to: an empty value takes back what stands before it. */
function valuesOf(entries: readonly UnitEntry[], key: string): readonly UnitEntry[] {
  const same = entries.filter((entry) => entry.key === key);
  return same.slice(same.findLastIndex(({ value }) => value === '') + 1);
}
