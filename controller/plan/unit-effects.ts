import { isJsonObject, type Json } from '../model/json.ts';
import type { UnitKind } from '../model/tree.ts';
import { jobChanges, readJob, readJobDocument } from './job-changes.ts';
import { jsonChanges } from './json-changes.ts';
import { readObject, takenRules } from './object-changes.ts';
import { serverChanges } from './server-changes.ts';
import { contentPath, readServerDocument } from './server-document.ts';
import type { UnitPair, UnitSide } from './unit-pairs.ts';

/** One text of a unit to be compared; `path` is what people see. */
export interface UnitText {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly sensitive: boolean;
  /** As people wrote it: of a unit that comes or goes it says more than what it was rendered to. */
  readonly written?: true;
}

/** What a plan knows of one kind of unit. Shared code asks this table and never compares kinds. */
export interface UnitEffects {
  /** Whether the change can't be made in place: what is there goes, then it is made anew. */
  readonly isReplaced: (pair: UnitPair) => boolean;
  readonly restarts: (pair: UnitPair) => readonly string[];
  /** What goes away although the unit stays, in words. */
  readonly takes: (pair: UnitPair) => readonly string[];
  readonly quorumGroups: (pair: UnitPair) => readonly string[];
  /** Changed files that may cut the unit off from everybody. */
  readonly cutsOff: (pair: UnitPair) => readonly string[];
  readonly highlights: (pair: UnitPair) => readonly string[];
  readonly texts: (side: UnitSide) => readonly UnitText[];
}

const plain: UnitEffects = {
  isReplaced: () => false,
  restarts: () => [],
  takes: () => [],
  quorumGroups: () => [],
  cutsOff: () => [],
  highlights: () => [],
  texts: ({ files }) => [...files].map(([path, bytes]) => ({ path, bytes, sensitive: false })),
};

const server: UnitEffects = {
  ...plain,
  restarts: (pair) => serverChanges(pair).restarts,
  takes: (pair) => (pair.after === undefined ? [] : serverChanges(pair).takes),
  quorumGroups: (pair) => serverChanges(pair).groups,
  // A new server and one that goes have nobody to lose.
  cutsOff: (pair) =>
    pair.before === undefined || pair.after === undefined ? [] : serverChanges(pair).contact,
  highlights: (pair) => serverChanges(pair).highlights,
  texts: (side) => {
    const hidden = new Set(
      readServerDocument(side)
        .files.filter((file) => file.sensitive === true && file.content !== undefined)
        .map((file) => contentPath(side, file.content ?? '')),
    );
    return [...side.files].map(([path, bytes]) => ({ path, bytes, sensitive: hidden.has(path) }));
  },
};

const job: UnitEffects = {
  ...plain,
  isReplaced: (pair) => jobChanges(pair).replaced,
  restarts: (pair) => jobChanges(pair).restarts,
  takes: (pair) => jobChanges(pair).takes,
  highlights: (pair) => fieldWords(readJob(pair.before), readJob(pair.after)),
  texts: jobTexts,
};

/** A mount or auth method of another type is disabled with all it holds, then enabled anew. */
const typed: UnitEffects = { ...plain, isReplaced: (pair) => typeOf(pair.before) !== typeOf(pair.after) };

/** An object of few fields: what changes is said field by field. */
const object: UnitEffects = {
  ...plain,
  highlights: ({ before, after }) => fieldWords(readObject(before), readObject(after)),
};

const effectsByKind: Readonly<Record<UnitKind, UnitEffects>> = {
  server,
  'nomad-job': job,
  'vault-mount': typed,
  'vault-auth': typed,
  'vault-policy': plain,
  'vault-secret': plain,
  'vault-role': plain,
  'vault-database-role': object,
  'consul-key': plain,
  'consul-config-entry': object,
  'consul-acl-policy': object,
  'nomad-namespace': plain,
  'nomad-node-pool': object,
  'nomad-variable': object,
  'nomad-acl-policy': object,
  'nomad-auth': { ...object, takes: takenRules },
  'nomad-volume': object,
};

export function effectsOf(kind: UnitKind): UnitEffects {
  return effectsByKind[kind];
}

/** The definition as people wrote it first, then what Nomad gets; never the source as one line of JSON. */
function jobTexts(side: UnitSide): readonly UnitText[] {
  const { path } = side.entry;
  const { job: spec, submission } = readJobDocument(side);
  if (spec === undefined) return plain.texts(side);
  const source = isJsonObject(submission) ? submission.source : undefined;
  const encode = (text: string) => new TextEncoder().encode(text);
  const written =
    typeof source === 'string' && source !== ''
      ? [{ path: `${path} (HCL)`, bytes: encode(source), sensitive: false, written: true as const }]
      : [];
  const json = encode(`${JSON.stringify(spec, undefined, 2)}\n`);
  return [...written, { path, bytes: json, sensitive: false }];
}

function typeOf(side: UnitSide | undefined): unknown {
  return readJobDocument(side).type;
}

const noise = new Set(['TaskGroups', 'Tasks', 'Config', 'Resources']);
const maxHighlights = 4;

/** `web: Image a → b`: the last names of the path suffice, whole parts are not spelled out. */
function fieldWords(before: Json, after: Json): readonly string[] {
  const words = jsonChanges(before, after).map(({ path, before: old, after: now }) => {
    const names = path.filter((name) => !noise.has(name));
    return `${names.slice(-2).join(' ')} ${valueWords(old)} → ${valueWords(now)}`;
  });
  const more = words.length - maxHighlights;
  return more > 0 ? [...words.slice(0, maxHighlights), `${more} more fields`] : words;
}

function valueWords(value: Json | undefined): string {
  if (value === undefined || value === null) return 'none';
  if (typeof value === 'object') return '(changed)';
  const text = String(value).replaceAll(/\s+/g, ' ');
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
