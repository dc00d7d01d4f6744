import type { Manifest, ManifestUnit } from '../../model/payload.ts';
import { unitPath } from '../files/desired-entries.ts';
import type { Enablement, UnitAct, UnitStatus } from '../units/manager.ts';

/** What is done to one unit, and how it was before; kept in the backup, so that it can go back. */
export interface UnitAction {
  readonly name: string;
  /** `before` the files: what goes away is stopped while its file is still there. */
  readonly phase: 'before' | 'after';
  readonly act: UnitAct | 'none';
  readonly enablement?: Exclude<Enablement, 'unknown'>;
  readonly former: UnitStatus;
  readonly onFailure: 'Revert' | 'Hold';
  /** Paths that belong to the unit: its own file and those that restart or reload it. */
  readonly watched: readonly string[];
}

export interface UnitPlanInput {
  readonly manifest: Manifest;
  readonly former: Manifest | undefined;
  readonly changedPaths: ReadonlySet<string>;
  readonly statuses: ReadonlyMap<string, UnitStatus>;
}

const unknownStatus: UnitStatus = {
  isActive: false,
  enablement: 'unknown',
  instance: '',
  restarts: 0,
  detail: 'unknown',
};

/** The names of all units that a plan looks at. */
export function unitNames(manifest: Manifest, former: Manifest | undefined): readonly string[] {
  return [...manifest.units, ...droppedUnits(manifest, former)].map((unit) => unit.name);
}

/** The units that need something done, in the manifest's order; a unit is touched only when what it watches changed. */
export function planUnits(input: UnitPlanInput): readonly UnitAction[] {
  const { manifest, former } = input;
  const dropped = droppedUnits(manifest, former).map((unit) => ({ ...unit, absent: true }));
  return [...dropped, ...manifest.units]
    .map((unit) => planUnit(unit, input))
    .filter((action) => action.act !== 'none' || action.enablement !== undefined);
}

/** Units whose file came from the former payload and that this one names no more. Those of the system stay as they are. */
function droppedUnits(manifest: Manifest, former: Manifest | undefined): readonly ManifestUnit[] {
  const named = new Set([...manifest.units.map((unit) => unit.name), ...manifest.waiting]);
  return (former?.units ?? []).filter(
    (unit) => unit.sha256 !== undefined && !named.has(unit.name) && !named.has(unitPath(unit.name)),
  );
}

function planUnit(unit: ManifestUnit, input: UnitPlanInput): UnitAction {
  const status = input.statuses.get(unit.name) ?? unknownStatus;
  const enablement = wantedEnablement(unit, status, input);
  const isLeaving = unit.absent === true || unit.masked === true || unit.state === 'Stopped';
  return {
    name: unit.name,
    phase: isLeaving ? 'before' : 'after',
    act: isLeaving ? stopIf(status.isActive) : wantedAct(unit, status, input.changedPaths),
    ...(enablement === undefined ? {} : { enablement }),
    former: status,
    onFailure: unit.onFailure,
    watched: [unitPath(unit.name), ...unit.restartOn, ...unit.reloadOn],
  };
}

function stopIf(isActive: boolean): UnitAct | 'none' {
  return isActive ? 'stop' : 'none';
}

function wantedAct(unit: ManifestUnit, status: UnitStatus, changed: ReadonlySet<string>): UnitAct | 'none' {
  if (!status.isActive) return 'start';
  const isOwnFileChanged = changed.has(unitPath(unit.name));
  if (unit.restartOn.some((path) => changed.has(path))) return 'restart';
  if (isOwnFileChanged && unit.disruption !== 'None')
    return unit.disruption === 'Reload' ? 'reload' : 'restart';
  return unit.reloadOn.some((path) => changed.has(path)) ? 'reload' : 'none';
}

function wantedEnablement(
  unit: ManifestUnit,
  status: UnitStatus,
  { former, changedPaths }: UnitPlanInput,
): UnitAction['enablement'] {
  if (unit.absent === true) return status.enablement === 'enabled' ? 'disabled' : undefined;
  const wanted = unit.masked === true ? 'masked' : unit.enabled ? 'enabled' : 'disabled';
  if (status.enablement === wanted) return undefined;
  // Static units stay `unknown` for ever: asking again at each payload would never end.
  const isNew =
    changedPaths.has(unitPath(unit.name)) || former?.units.every((item) => item.name !== unit.name);
  return status.enablement === 'unknown' && isNew === false ? undefined : wanted;
}
