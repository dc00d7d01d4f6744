import type { Rules } from '../../controller/model/environment.ts';
import { sha256Hex } from '../../controller/model/hash.ts';
import { prettyJson } from '../../controller/model/json.ts';
import {
  escapeSegment,
  type FileTree,
  type InventoryEntry,
  treeFiles,
  type UnitKind,
  type UnitOptions,
  unitKey,
} from '../../controller/model/tree.ts';
import { fakeRules } from '../fakes/rules.ts';

export interface SampleUnit {
  readonly kind: UnitKind;
  readonly key: string;
  readonly wave: number;
  readonly path: string;
  readonly files: Readonly<Record<string, string | Uint8Array>>;
  readonly options: UnitOptions;
}

export const sampleRules: Rules = fakeRules({ epoch: 0 });

export function job(
  key: string,
  settings: {
    type?: string;
    count?: number;
    image?: string;
    tasks?: readonly string[];
    source?: string;
  } = {},
  options: UnitOptions = {},
): SampleUnit {
  const { type = 'service', count = 2, image = 'web:1', tasks = ['web'], source = '' } = settings;
  const [namespace = 'default', id = key] = key.split('/');
  const spec = {
    ID: id,
    Namespace: namespace,
    Type: type,
    TaskGroups: [
      { Name: 'app', Count: count, Tasks: tasks.map((name) => ({ Name: name, Config: { image } })) },
    ],
  };
  const path = `nomad/jobs/${escapeSegment(namespace)}/${escapeSegment(id)}.json`;
  const submission = { source, format: 'hcl2', variables: '' };
  const files = { [path]: prettyJson({ job: spec, submission }) };
  return { kind: 'nomad-job', key, wave: 60, path, files, options };
}

export function consulKey(key: string, value: string, options: UnitOptions = {}): SampleUnit {
  const path = `consul/kv/${key.split('/').map(escapeSegment).join('/')}.value`;
  return { kind: 'consul-key', key, wave: 20, path, files: { [path]: value }, options };
}

export function server(
  name: string,
  settings: {
    files?: Readonly<Record<string, string>>;
    sensitive?: readonly string[];
    contact?: readonly string[];
    groups?: readonly string[];
    stopped?: boolean;
  } = {},
  options: UnitOptions = {},
): SampleUnit {
  const { files = {}, sensitive = [], contact = [], groups = [], stopped = false } = settings;
  const folder = `servers/${escapeSegment(name)}`;
  const document = {
    version: 1,
    server: name,
    groups,
    files: Object.keys(files).map((path) => ({
      path,
      mode: '0644',
      content: `files${path}`,
      sensitive: sensitive.includes(path),
      ...(contact.includes(path) ? { contact: true } : {}),
    })),
    units: [
      {
        name: 'nomad',
        state: stopped ? 'Stopped' : 'Running',
        restartOn: ['/etc/nomad.hcl'],
        onFailure: 'Revert',
      },
    ],
  };
  const contents = Object.entries(files).map(([path, text]) => [`${folder}/files${path}`, text] as const);
  return {
    kind: 'server',
    key: name,
    wave: 0,
    path: `${folder}/payload.json`,
    files: { [`${folder}/payload.json`]: prettyJson(document), ...Object.fromEntries(contents) },
    options,
  };
}

/** A rendered tree of these units, in this order of the inventory. */
export function tree(units: readonly SampleUnit[], rules: Rules = sampleRules): FileTree {
  const bytes = (content: string | Uint8Array) =>
    typeof content === 'string' ? new TextEncoder().encode(content) : content;
  const entries: InventoryEntry[] = units.map((unit) => ({
    kind: unit.kind,
    key: unit.key,
    wave: unit.wave,
    path: unit.path,
    sha256: sha256Hex(
      JSON.stringify(Object.entries(unit.files).map(([path, text]) => [path, text.toString()])),
    ),
    options: unit.options,
    source: { path: `fleet/${unit.key}.yaml` },
  }));
  const sources = Object.fromEntries(
    entries.map((entry) => [unitKey(entry), `${entry.source.path}:3`] as const),
  );
  const files = units.flatMap((unit) =>
    Object.entries(unit.files).map(([path, content]) => [path, bytes(content)] as const),
  );
  return new Map([
    ...files,
    [treeFiles.inventory, bytes(JSON.stringify({ version: 1, entries }))],
    [treeFiles.rules, bytes(prettyJson(rules))],
    [treeFiles.metadata, bytes(prettyJson({ drover: { sources } }))],
  ]);
}
