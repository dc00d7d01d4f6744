import type { KindName } from '../kinds/kind.ts';
import type { Json, JsonObject } from '../model/json.ts';

export interface AdoptedDefinition {
  readonly kind: KindName;
  readonly name: string;
  readonly namespace?: string;
  readonly spec: JsonObject;
  /** Words above it in the file, a line each. */
  readonly comment?: string;
}

export interface AdoptedFile {
  /** Below the folder that everything is written to. */
  readonly path: string;
  readonly text: string;
}

/** One live object as what would be written for it. */
export interface AdoptedItem {
  /** Key of the unit that it must render to: `nomad-job:shop/web`. */
  readonly unit: string;
  /** For people: `job shop/web`. */
  readonly what: string;
  /** What is counted in the end: `jobs with their own HCL`. */
  readonly form: string;
  readonly definition?: AdoptedDefinition;
  /** The YAML file of the definition, shared with others of its kind. */
  readonly file?: string;
  readonly beside: readonly AdoptedFile[];
  /** What to write when this turns out not to be what runs. */
  readonly otherwise?: () => AdoptedItem;
  /** What to say when that happens: `its HCL is not what runs, so it is written as JSON`. */
  readonly loss?: { readonly of: string; readonly so: string };
}

/** What runs and was not taken over. */
export interface LeftBehind {
  readonly what: string;
  readonly reason: string;
  /** The unit that a definition for it would be, for what may have one already. */
  readonly unit?: string;
  /** A definition to begin with. */
  readonly sample?: string;
}

export interface Taken {
  readonly items: readonly AdoptedItem[];
  readonly left: readonly LeftBehind[];
  /** Units of other targets that what was found here keeps by itself: a definition for one would fight with it. */
  readonly keeps?: readonly { readonly unit: string; readonly by: string }[];
  /** What a person should look at before it is committed. */
  readonly mind: readonly string[];
}

export const nothingTaken: Taken = { items: [], left: [], mind: [] };

/** Texts as a definition has to write them: `${{` would begin an expression. */
export function plainTexts<Value extends Json>(value: Value): Value {
  return escaped(value) as Value;
}

function escaped(value: Json): Json {
  if (typeof value === 'string') return value.replaceAll('${{', () => '$${{');
  if (Array.isArray(value)) return value.map((item: Json) => escaped(item));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, escaped(item)]));
}
