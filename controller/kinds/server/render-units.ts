import type { UnitDefinition } from '../../kinds/machine-config/unit-schema.ts';
import type { FileSpec, UnitSpec } from '../../model/payload.ts';
import { escapeSegment } from '../../model/tree.ts';
import { type MachineConfig, mergeMaps, type Won } from './machine-configs.ts';
import { contentPath } from './render-files.ts';
import type { ServerScribe, ServerText } from './server-scribe.ts';

/** The units of a server document; drop-ins become files that their unit watches. */
export interface RenderedUnits {
  readonly units: readonly UnitSpec[];
  readonly dropIns: readonly FileSpec[];
  readonly contents: ReadonlyMap<string, Uint8Array>;
}

const nothing: Pick<UnitSpec, 'secrets' | 'restartOn' | 'reloadOn' | 'disruption' | 'onFailure'> = {
  secrets: [],
  restartOn: [],
  reloadOn: [],
  disruption: 'Restart',
  onFailure: 'Revert',
};

export function renderUnits(configs: readonly MachineConfig[], scribe: ServerScribe): RenderedUnits {
  const contents = new Map<string, Uint8Array>();
  const dropIns: FileSpec[] = [];
  const units = mergeMaps(configs, (spec) => spec.units).map((won): UnitSpec => {
    const { name, value } = won;
    if (value === 'absent') return { ...nothing, name, absent: true, enabled: false, state: 'Stopped' };
    if (value === 'masked') return { ...nothing, name, masked: true, enabled: false, state: 'Stopped' };
    const text = textOf(value, won, scribe, ['spec', 'units', name]);
    const content = `units/${escapeSegment(name)}.txt`;
    if (text !== undefined) contents.set(content, text.bytes);
    const files = renderDropIns(value, won, scribe);
    for (const { spec, bytes } of files) {
      dropIns.push(spec);
      contents.set(contentPath(spec.path), bytes);
    }
    return {
      ...presentUnit(value, name),
      ...scribe.expandDeep({ reloadOn: value.reloadOn ?? [] }, won.config, ['spec', 'units', name]),
      restartOn: [
        ...scribe.expandDeep(value.restartOn ?? [], won.config, ['spec', 'units', name, 'restartOn']),
        ...files.map(({ spec }) => spec.path),
      ],
      secrets: text?.secrets ?? [],
      ...(text === undefined ? {} : { content }),
    };
  });
  return { units, dropIns, contents };
}

function presentUnit(unit: UnitDefinition, name: string): UnitSpec {
  return {
    ...nothing,
    name,
    enabled: unit.enabled ?? true,
    state: unit.state ?? 'Running',
    disruption: unit.disruption ?? 'Restart',
    onFailure: unit.onFailure ?? 'Revert',
  };
}

function renderDropIns(
  unit: UnitDefinition,
  won: Won<unknown>,
  scribe: ServerScribe,
): readonly { spec: FileSpec; bytes: Uint8Array }[] {
  const names = Object.keys(unit.dropIns ?? {}).sort();
  return names.flatMap((dropIn) => {
    const text = textOf(unit.dropIns?.[dropIn] ?? {}, won, scribe, [
      'spec',
      'units',
      won.name,
      'dropIns',
      dropIn,
    ]);
    if (text === undefined) return [];
    const path = `/etc/systemd/system/${won.name}.d/${dropIn.replace(/\.conf$/, '')}.conf`;
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
    return [{ spec, bytes: text.bytes }];
  });
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
