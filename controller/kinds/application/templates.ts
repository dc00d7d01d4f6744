import type { Diagnostic } from '../../model/diagnostic.ts';
import type { JsonObject } from '../../model/json.ts';
import type { FieldPath } from '../../model/resource.ts';
import { sourceText } from '../source-file.ts';
import { type FilePlace, filePlace } from './file-place.ts';
import type { Program, Source } from './program.ts';
import type { ProgramFileSpec, SecretUse } from './program-schema.ts';
import { readSecret, templateText } from './template-text.ts';
import { placeholdersIn, secretDataPath, vaultReads } from './vault-reads.ts';

/** A template block, the field that it comes from, and where a container sees its file. */
export interface TemplateBlock {
  readonly at: FieldPath;
  readonly template: JsonObject;
  readonly mount?: JsonObject;
  readonly readsVault: boolean;
  /** What a template of several fields reads, with the field of each. */
  readonly reads?: readonly FieldRead[];
  readonly diagnostics: readonly Diagnostic[];
}

export interface FieldRead {
  /** `kv/data/shop/db`. */
  readonly path: string;
  readonly key: string;
  readonly at: FieldPath;
}

/** All templates of a program: secrets as variables, secrets as files, files. */
export function templatesOf(program: Program, source: Source): readonly TemplateBlock[] {
  return [
    ...(['Restart', 'None'] as const).flatMap((onChange) => variables(program, source, onChange)),
    ...Object.entries(program.spec.secrets ?? {}).flatMap(([name, use]) =>
      secretFile(program, source, { name, use }),
    ),
    ...Object.entries(program.spec.files ?? {}).map(([path, file]) =>
      fileTemplate(program, source, { path, file }),
    ),
  ];
}

/** One file of variables for each way of taking over new values, which is the most that Nomad can tell apart. */
function variables(
  program: Program,
  { fleet }: Source,
  onChange: 'Restart' | 'None',
): readonly TemplateBlock[] {
  const reads = Object.entries(program.spec.secrets ?? {})
    .filter(([, use]) => use.file === undefined && (use.onChange ?? 'Restart') === onChange)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([name, { secret, key }]) => {
      const path = secretDataPath(secret, fleet);
      return path === undefined ? [] : [{ name, path, key, at: [...program.at, 'secrets', name] }];
    });
  if (reads.length === 0) return [];
  // As JSON in quotes a value may hold line breaks and quotes of its own.
  const lines = reads.map(({ name, path, key }) => `${name}=${readSecret(path, key, { pipe: 'toJSON' })}\n`);
  const template = {
    EmbeddedTmpl: lines.join(''),
    DestPath: `secrets/env-${onChange.toLowerCase()}`,
    Envvars: true,
    ...changeFields(onChange),
  };
  return [{ at: [...program.at, 'secrets'], template, readsVault: true, reads, diagnostics: [] }];
}

function secretFile(
  program: Program,
  { fleet }: Source,
  { name, use }: { name: string; use: SecretUse },
): readonly TemplateBlock[] {
  const dataPath = secretDataPath(use.secret, fleet);
  if (use.file === undefined || dataPath === undefined) return [];
  const place = filePlace(use.file, { isContainer: program.spec.image !== undefined, isSecret: true });
  const template = {
    EmbeddedTmpl: readSecret(dataPath, use.key),
    DestPath: place.destination,
    ...changeFields(use.onChange ?? 'Restart'),
  };
  const at = [...program.at, 'secrets', name];
  return [{ at, template, ...mountOf(place), readsVault: true, diagnostics: [] }];
}

function fileTemplate(
  program: Program,
  source: Source,
  { path, file }: { path: string; file: ProgramFileSpec },
): TemplateBlock {
  const at = [...program.at, 'files', path];
  const { text, diagnostics } = contentOf(file, source, at);
  const secrets = placeholdersIn(text);
  const place = filePlace(path, {
    isContainer: program.spec.image !== undefined,
    isSecret: secrets.length > 0,
  });
  const { text: embedded, delimiters } = templateText(text, vaultReads(secrets, source.fleet));
  const template = {
    EmbeddedTmpl: embedded,
    DestPath: place.destination,
    ...(delimiters === undefined ? {} : { LeftDelim: delimiters[0], RightDelim: delimiters[1] }),
    ...(file.mode === undefined ? {} : { Perms: file.mode }),
    ...changeFields(file.onChange ?? 'Restart'),
  };
  return { at, template, ...mountOf(place), readsVault: secrets.length > 0, diagnostics };
}

/** The text as the program shall get it. Missing files are named by the check. */
export function contentOf(
  file: ProgramFileSpec,
  { resource, fleet }: Source,
  at: FieldPath,
): { readonly text: string; readonly diagnostics: readonly Diagnostic[] } {
  if (file.content !== undefined) return { text: file.content, diagnostics: [] };
  if (file.template === undefined) {
    return { text: sourceText(resource, fleet, file.file ?? '') ?? '', diagnostics: [] };
  }
  const template = sourceText(resource, fleet, file.template) ?? '';
  return fleet.expand(template, { at: resource as never, field: [...at, 'template'] });
}

function changeFields(onChange: string): JsonObject {
  if (onChange === 'None') return { ChangeMode: 'noop' };
  const [mode, signal] = onChange.split(':');
  return mode === 'Signal'
    ? { ChangeMode: 'signal', ChangeSignal: `SIG${signal}` }
    : { ChangeMode: 'restart' };
}

function mountOf({ destination, mountedAt }: FilePlace): { readonly mount?: JsonObject } {
  if (mountedAt === undefined) return {};
  return { mount: { type: 'bind', source: destination, target: mountedAt, readonly: true } };
}
