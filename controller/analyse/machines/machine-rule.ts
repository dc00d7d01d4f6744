import type { Fleet } from '../../kinds/kind.ts';
import type { MachineText, MachineView } from '../../kinds/server/machine-view.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { sha256Hex } from '../../model/hash.ts';
import type { Resource } from '../../model/resource.ts';
import type { Kinds, Rule } from '../rule.ts';

export interface Machine {
  readonly server: Resource;
  readonly view: MachineView;
  readonly fleet: Fleet;
}

/**
 * A rule about what one server is to be, asked for each. Of a thousand servers with one configuration the first speaks for all:
 * what is said of another at the same place, but for its name, is not said again.
 */
export function machineRule(judge: (machine: Machine) => readonly Diagnostic[]): Rule {
  return (fleet) => {
    const told = new Map<string, Diagnostic>();
    for (const server of fleet.byKind('Server')) {
      for (const finding of judge({ server, view: fleet.machine(server), fleet })) {
        const key = likeness(finding, server.metadata.name);
        if (!told.has(key)) told.set(key, finding);
      }
    }
    return [...told.values()];
  };
}

function likeness({ code, span, message }: Diagnostic, server: string): string {
  const parts = message.split(new RegExp(`(?<![\\w-])${server.replaceAll(/[^\w-]/g, '\\$&')}(?![\\w-])`));
  return `${code} ${span.path}:${span.line}:${span.column} ${parts.join('\u0000')}`;
}

/** A rule about texts by themselves: one that many servers have in the same words is judged once. */
export function textRule(
  isMeant: (text: MachineText) => boolean,
  judge: (text: MachineText, machine: Machine) => readonly Diagnostic[],
): Rule {
  return (fleet, kinds) => {
    const judged = new Set<string>();
    const isNew = ({ config, at, bytes }: MachineText): boolean => {
      const before = judged.size;
      return (
        judged.add(`${config.kind}/${config.metadata.name} ${at.join(' ')} ${sha256Hex(bytes)}`).size > before
      );
    };
    const rule = machineRule((machine) =>
      machine.view.texts
        .filter((text) => isMeant(text) && isNew(text))
        .flatMap((text) => judge(text, machine)),
    );
    return rule(fleet, kinds);
  };
}

/**
 * The same for rules that conclude from what nobody says: nothing is concluded when a definition that may say it has
 * findings of its own.
 */
export function absenceRule(judge: (machine: Machine) => readonly Diagnostic[]): Rule {
  const rule = machineRule(judge);
  return (fleet, kinds) => (isWhole(fleet, kinds) ? rule(fleet, kinds) : []);
}

function isWhole(fleet: Fleet, kinds: Kinds): boolean {
  const speakers = [...kinds.values()].filter((kind) => kind.machine !== undefined).map(({ name }) => name);
  return [...speakers, 'MachineConfig' as const].every((name) => fleet.mayMiss?.(name) !== true);
}
