import type { MachineConfigSpec } from '../../kinds/machine-config/schema.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { SecretReference } from '../../model/payload.ts';
import type { FieldPath, Resource } from '../../model/resource.ts';
import { finding } from '../finding.ts';
import type { ExpandedText, Fleet } from '../kind.ts';
import { kindCodes } from '../kind-codes.ts';
import { repositoryPath, sourceFile, sourceText } from '../source-file.ts';
import type { ServerText } from './machine-view.ts';

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

const plain = { secrets: [], diagnostics: [] };

export function createServerScribe(fleet: Fleet, server: string): ServerScribe {
  const diagnostics: Diagnostic[] = [];
  const expandText = (text: string, at: Resource<MachineConfigSpec>, field: FieldPath): ExpandedText => {
    if (!text.includes('${{')) return { text, ...plain };
    const expanded = fleet.expand(text, { server, at, field });
    diagnostics.push(...expanded.diagnostics);
    return expanded;
  };
  const expand: ServerScribe['expand'] = (text, config, field) => {
    const expanded = expandText(text, config, field);
    return {
      bytes: new TextEncoder().encode(expanded.text),
      secrets: distinct(expanded.secrets),
      isBroken: expanded.diagnostics.length > 0,
    };
  };
  const expandDeep = (value: unknown, config: Resource<MachineConfigSpec>, field: FieldPath): unknown => {
    if (typeof value === 'string') {
      const { text, secrets } = expandText(value, config, field);
      if (secrets.length > 0) diagnostics.push(exposed(config, field));
      return text;
    }
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
      return bytes === undefined
        ? undefined
        : { bytes, secrets: [], isBroken: false, ...sourceOf(config, file) };
    },
    template: (file, config, field) => {
      const text = sourceText(config, fleet, file);
      return text === undefined ? undefined : { ...expand(text, config, field), ...sourceOf(config, file) };
    },
  };
}

function sourceOf(config: Resource<MachineConfigSpec>, file: string): { source?: string } {
  const source = repositoryPath(config, file);
  return source === undefined ? {} : { source };
}

/** Secrets are put into the texts of files and units when a payload is sealed, and nowhere else. */
function exposed(config: Resource<MachineConfigSpec>, field: FieldPath): Diagnostic {
  return finding(config, field, {
    entry: kindCodes.secretExposed,
    message: `a secret can't stand in ${String(field.slice(1, 2))}: the rendered tree would need its value`,
    hint: 'put it into the content of a file, which is resolved inside the sealed payload only',
  });
}

function distinct(secrets: readonly SecretReference[]): readonly SecretReference[] {
  const byName = new Map(secrets.map(({ path, key }) => [`${path}#${key}`, { path, key }]));
  return [...byName.keys()].sort().flatMap((name) => byName.get(name) ?? []);
}
