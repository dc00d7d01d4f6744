import { type HclBlock, readHclBlocks } from '../kinds/nomad-job/hcl-blocks.ts';
import { isJsonObject, type Json, type JsonObject } from '../model/json.ts';
import type { JobSource } from '../ports/job-sources.ts';

type Parse = (hcl: string) => Promise<JsonObject | undefined>;
export type JobVariables = Readonly<Record<string, Json>>;

/**
 * The values that a job was parsed with, as data: those of its variable files, and over them those given by name. Nomad's own
 * parser reads them. `undefined` when it can't.
 */
export async function readJobVariables(source: JobSource, parse: Parse): Promise<JobVariables | undefined> {
  const declared = readHclBlocks(source.text).blocks.filter(({ type }) => type === 'variable');
  const typeByName = new Map(declared.map((block) => [block.labels[0] ?? '', typeOf(source.text, block)]));
  const fromFiles = await evaluate(source.variables, parse);
  if (fromFiles === undefined) return undefined;
  const given: Record<string, Json> = {};
  for (const [name, text] of Object.entries(source.flags)) {
    const value = await readFlag({ text, type: typeByName.get(name) ?? '' }, parse);
    if (value === undefined) return undefined;
    given[name] = value;
  }
  const all = Object.entries({ ...fromFiles, ...given });
  // A file may hold values for other jobs too.
  return Object.fromEntries(all.filter(([name]) => typeByName.has(name)));
}

function typeOf(text: string, block: HclBlock): string {
  const place = block.attributes.get('type');
  return place === undefined ? '' : text.slice(place.start, place.end).trim();
}

/** As Nomad does: what is declared as a text, a number, or as nothing is taken as it is; anything else is an expression. */
async function readFlag(flag: { text: string; type: string }, parse: Parse): Promise<Json | undefined> {
  if (flag.type === 'number' && /^-?\d{1,15}(\.\d{1,9})?$/.test(flag.text)) return Number(flag.text);
  if (['', 'string', 'number', 'any'].includes(flag.type)) return flag.text;
  return (await evaluate(`value = ${flag.text}`, parse))?.['value'];
}

async function evaluate(text: string, parse: Parse): Promise<JsonObject | undefined> {
  const names = [...readHclBlocks(text).attributes.keys()];
  if (names.length === 0) return {};
  const fields = names.map((name) => `"${name}" = local.${name}`).join(', ');
  const job = await parse(
    `locals {\n${text}\n}\njob "values" {\n  meta {\n    values = jsonencode({ ${fields} })\n  }\n}\n`,
  );
  const meta = job?.['Meta'];
  const values = isJsonObject(meta) ? meta['values'] : undefined;
  const read: unknown = typeof values === 'string' ? JSON.parse(values) : undefined;
  return isJsonObject(read) ? read : undefined;
}
