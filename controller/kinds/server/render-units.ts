import type { UnitDefinition } from '../../kinds/machine-config/unit-schema.ts';
import type { FileSpec, UnitSpec } from '../../model/payload.ts';
import { escapeSegment } from '../../model/tree.ts';
import { type MachineConfig, mergeMaps, type Won } from './machine-configs.ts';
import type { MachineText, ServerText } from './machine-view.ts';
import { contentPath } from './render-files.ts';
import type { ServerScribe } from './server-scribe.ts';

/** The units of a server document; drop-ins become files that their unit watches. */
export interface RenderedUnits {
  readonly units: readonly UnitSpec[];
  readonly dropIns: readonly FileSpec[];
  readonly contents: ReadonlyMap<string, Uint8Array>;
  readonly texts: readonly MachineText[];
}

const nothing: Pick<UnitSpec, 'secrets' | 'restartOn' | 'reloadOn' | 'disruption' | 'onFailure'> = {
  secrets: [],
  restartOn: [],
  reloadOn: [],
  disruption: 'Restart',
  onFailure: 'Revert',
};

/** Where systemd reads the units that an administrator writes. */
export function unitPath(name: string): string {
  return `/etc/systemd/system/${name}`;
}

export function renderUnits(configs: readonly MachineConfig[], scribe: ServerScribe): RenderedUnits {
  const contents = new Map<string, Uint8Array>();
  const dropIns: FileSpec[] = [];
  const texts: MachineText[] = [];
  const disruption = new Map(
    mergeMaps(configs, (spec) => spec.disruption).map((won) => [won.name, won.value]),
  );
  const units = mergeMaps(configs, (spec) => spec.units).map((won): UnitSpec => {
    const { name, value, config } = won;
    if (value === 'absent') return { ...nothing, name, absent: true, enabled: false, state: 'Stopped' };
    if (value === 'masked') return { ...nothing, name, masked: true, enabled: false, state: 'Stopped' };
    const at = ['spec', 'units', name];
    const text = textOf(value, won, scribe, at);
    const content = `units/${escapeSegment(name)}.txt`;
    if (text !== undefined) {
      contents.set(content, text.bytes);
      texts.push({ ...text, path: unitPath(name), use: 'unit', config, at: [...at, fieldOf(value)] });
    }
    const files = renderDropIns(value, won, scribe);
    for (const file of files) {
      dropIns.push(file.spec);
      contents.set(contentPath(file.spec.path), file.text.bytes);
      texts.push(file.text);
    }
    return {
      ...presentUnit(value, name),
      disruption: value.disruption ?? disruption.get(name) ?? 'Restart',
      ...renderTriggers(value, won, scribe, files),
      secrets: text?.secrets ?? [],
      ...(text === undefined ? {} : { content }),
    };
  });
  return { units, dropIns, contents, texts };
}

function presentUnit(unit: UnitDefinition, name: string): UnitSpec {
  return {
    ...nothing,
    name,
    enabled: unit.enabled ?? true,
    state: unit.state ?? 'Running',
    onFailure: unit.onFailure ?? 'Revert',
  };
}

/** Paths, with the unit's own drop-ins; packages apart, as a name without a slash is one. */
function renderTriggers(
  unit: UnitDefinition,
  { name, config }: Won<unknown>,
  scribe: ServerScribe,
  dropIns: readonly RenderedDropIn[],
): Pick<UnitSpec, 'restartOn' | 'reloadOn' | 'restartOnPackages'> {
  const at = ['spec', 'units', name];
  const watched = scribe.expandDeep(unit.restartOn ?? [], config, [...at, 'restartOn']);
  const packages = watched.filter((entry) => !entry.includes('/'));
  return {
    restartOn: [...watched.filter((entry) => entry.includes('/')), ...dropIns.map(({ spec }) => spec.path)],
    reloadOn: scribe.expandDeep(unit.reloadOn ?? [], config, [...at, 'reloadOn']),
    ...(packages.length === 0 ? {} : { restartOnPackages: packages }),
  };
}

interface RenderedDropIn {
  readonly spec: FileSpec;
  readonly text: MachineText;
}

function renderDropIns(
  unit: UnitDefinition,
  won: Won<unknown>,
  scribe: ServerScribe,
): readonly RenderedDropIn[] {
  const names = Object.keys(unit.dropIns ?? {}).sort();
  return names.flatMap((dropIn) => {
    const source = unit.dropIns?.[dropIn] ?? {};
    const at = ['spec', 'units', won.name, 'dropIns', dropIn];
    const text = textOf(source, won, scribe, at);
    if (text === undefined) return [];
    const path = `${unitPath(won.name)}.d/${dropIn.replace(/\.conf$/, '')}.conf`;
    const spec: FileSpec = {
      path,
      content: contentPath(path),
      secrets: text.secrets,
      mode: '0644',
      owner: 'root',
      group: 'root',
      sensitive: text.secrets.length > 0,
      validate: [],
    };
    const { config } = won;
    return [{ spec, text: { ...text, path, use: 'drop-in', config, at: [...at, fieldOf(source)] } }];
  });
}

function fieldOf(source: { readonly file?: string }): string {
  return source.file === undefined ? 'content' : 'file';
}

function textOf(
  source: { readonly file?: string; readonly content?: string },
  { config }: Won<unknown>,
  scribe: ServerScribe,
  at: readonly string[],
): ServerText | undefined {
  if (source.file !== undefined) return scribe.file(source.file, config);
  return source.content === undefined ? undefined : scribe.expand(source.content, config, [...at, 'content']);
}
