import type { MachineConfigSpec } from '../../kinds/machine-config/schema.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { SecretReference } from '../../model/payload.ts';
import type { FieldPath, Resource } from '../../model/resource.ts';
import type { Fleet } from '../kind.ts';
import { sourceFile, sourceText } from '../source-file.ts';

/** A text of a machine configuration, as one server gets it. */
export interface ServerText {
  readonly bytes: Uint8Array;
  readonly secrets: readonly SecretReference[];
}

/** Resolves texts of machine configurations for one server, and keeps what was found wrong with them. */
export interface ServerScribe {
  readonly server: string;
  expand(text: string, config: Resource<MachineConfigSpec>, field: FieldPath): ServerText;
  /** Expands every text inside a value; keys stay as they are. */
  expandDeep<T>(value: T, config: Resource<MachineConfigSpec>, field: FieldPath): T;
  /** A file beside the definition; none when it is missing, which the configuration's own check says. */
  file(file: string, config: Resource<MachineConfigSpec>): ServerText | undefined;
  template(file: string, config: Resource<MachineConfigSpec>, field: FieldPath): ServerText | undefined;
  /** Says what is wrong with a text once it is expanded. */
  report(finding: Diagnostic): void;
  readonly diagnostics: readonly Diagnostic[];
}

export function createServerScribe(fleet: Fleet, server: string): ServerScribe {
  const diagnostics: Diagnostic[] = [];
  const expandText = (text: string, config: Resource<MachineConfigSpec>, field: FieldPath) => {
    if (!text.includes('${{')) return { text, secrets: [] };
    const expanded = fleet.expand(text, { server, at: config, field });
    diagnostics.push(...expanded.diagnostics);
    return expanded;
  };
  const expand: ServerScribe['expand'] = (text, config, field) => {
    const expanded = expandText(text, config, field);
    return { bytes: new TextEncoder().encode(expanded.text), secrets: distinct(expanded.secrets) };
  };
  const expandDeep = (value: unknown, config: Resource<MachineConfigSpec>, field: FieldPath): unknown => {
    if (typeof value === 'string') return expandText(value, config, field).text;
    if (Array.isArray(value)) return value.map((item, index) => expandDeep(item, config, [...field, index]));
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value).map(([key, item]) => [
      key,
      expandDeep(item, config, [...field, key]),
    ]);
    return Object.fromEntries(entries);
  };
  return {
    server,
    diagnostics,
    report: (finding) => diagnostics.push(finding),
    expand,
    expandDeep: <T>(value: T, config: Resource<MachineConfigSpec>, field: FieldPath) =>
      expandDeep(value, config, field) as T,
    file: (file, config) => {
      const bytes = sourceFile(config, fleet, file);
      return bytes === undefined ? undefined : { bytes, secrets: [] };
    },
    template: (file, config, field) => {
      const text = sourceText(config, fleet, file);
      return text === undefined ? undefined : expand(text, config, field);
    },
  };
}

function distinct(secrets: readonly SecretReference[]): readonly SecretReference[] {
  const byName = new Map(secrets.map(({ path, key }) => [`${path}#${key}`, { path, key }]));
  return [...byName.keys()].sort().flatMap((name) => byName.get(name) ?? []);
}
