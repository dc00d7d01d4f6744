import { mergeMaps } from '../../kinds/server/machine-configs.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { nearestWord } from '../../model/nearest.ts';
import type { Machine } from '../machines/machine-rule.ts';
import type { UnitEntry } from '../machines/read-unit-text.ts';
import { isBroughtBy } from '../machines/system-accounts.ts';
import { unitOf } from '../machines/unit-texts.ts';
import type { ReadUnit, UnitJudge } from './read-units.ts';
import { packageTargets, systemTargets } from './system-targets.ts';
import { unitCodes } from './unit-codes.ts';

const types = 'service socket timer path mount automount swap target slice scope device'.split(' ');

const dependencies =
  /^(?:Requires|Requisite|Wants|BindsTo|Upholds|Conflicts|Before|After|OnSuccess|OnFailure|PropagatesReloadTo|ReloadPropagatedFrom|PropagatesStopTo|StopPropagatedFrom|PartOf|JoinsNamespaceOf|WantedBy|RequiredBy|UpheldBy|Also)$/;

/** Without these the unit is never started. */
const starters = /^(?:WantedBy|RequiredBy|UpheldBy)$/;

/** As many letters may differ: names of other packages are not far from systemd’s own. */
const maxEdits = 2;

/** Targets that a unit names are there, and what it names is a unit. Nothing is concluded where a definition may be missing. */
export const unknownTarget: UnitJudge = (unit, machine) => {
  if (machine.fleet.mayMiss?.('MachineConfig') === true) return [];
  const { spec, texts, configs } = machine.view;
  const all = [...spec.units.map(({ name }) => name), ...texts.map(({ path }) => unitOf(path))];
  const own = [...systemTargets, ...all.filter((name) => name.endsWith('.target'))];
  const packages = mergeMaps<unknown>(configs, (config) => config.packages).map(({ name }) => name);
  const targets = { own, known: new Set([...own, ...packageTargets]), packages, server: machine.server };
  return unit.read.entries
    .filter(({ section, key }) => ['Unit', 'Install'].includes(section) && dependencies.test(key))
    .flatMap((entry) => unknownNames(unit, entry, targets));
};

const maxNames = 100;

interface Targets {
  /** Those that a misspelt name may have meant. */
  readonly own: readonly string[];
  readonly known: ReadonlySet<string>;
  readonly packages: readonly string[];
  readonly server: Machine['server'];
}

function unknownNames(unit: ReadUnit, entry: UnitEntry, targets: Targets): readonly Diagnostic[] {
  const names = entry.value.split(/\s+/, maxNames).filter((name) => name !== '' && !name.includes('%'));
  return names.flatMap((name) => {
    const type = name.slice(name.lastIndexOf('.') + 1);
    if (!name.includes('.') || !types.includes(type)) return noUnit(unit, entry, name, targets);
    return type === 'target' ? noTarget(unit, entry, name, targets) : [];
  });
}

function noTarget(
  unit: ReadUnit,
  entry: UnitEntry,
  name: string,
  { own, known, packages, server }: Targets,
): readonly Diagnostic[] {
  const stem = /^[A-Za-z0-9_]+/.exec(name)?.[0] ?? name;
  const isKnown = known.has(name) || known.has(name.replace(/@[^.]+\./, '@.')) || isBroughtBy(stem, packages);
  if (isKnown) return [];
  const near = nearestWord(name, own, maxEdits);
  if (near === undefined && !starters.test(entry.key)) return [];
  const message = `${entry.key}= names ${name}, which neither systemd nor a configuration of ${server.metadata.name} brings`;
  const hint = near === undefined ? undefined : `did you mean "${near}"?`;
  return [unit.say(unitCodes.unknownTarget, entry, { message, hint, word: name })];
}

function noUnit(unit: ReadUnit, entry: UnitEntry, name: string, { own }: Targets): readonly Diagnostic[] {
  const message = `${entry.key}= names ${name}, which is no name of a unit`;
  const dot = name.lastIndexOf('.');
  const suffix = dot < 0 ? undefined : nearestWord(name.slice(dot + 1), types, maxEdits);
  const near =
    suffix === undefined ? nearestWord(`${name}.target`, own, maxEdits) : `${name.slice(0, dot)}.${suffix}`;
  const whole = own.includes(`${name}.target`) ? `${name}.target` : near;
  const hint =
    whole === undefined ? `write it with its suffix, as ${name}.service` : `did you mean "${whole}"?`;
  return [unit.say(unitCodes.unknownTarget, entry, { message, hint, word: name })];
}
