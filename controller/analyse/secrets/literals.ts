import type { ConsulKeySpec } from '../../kinds/consul-key/schema.ts';
import type { Fleet } from '../../kinds/kind.ts';
import type { MachineConfigSpec } from '../../kinds/machine-config/schema.ts';
import { narrowSpan, wordsInFile } from '../../kinds/narrow-span.ts';
import type { NomadVariableSpec } from '../../kinds/nomad-variable/schema.ts';
import { repositoryPath, sourceText } from '../../kinds/source-file.ts';
import type { VaultSecretSpec } from '../../kinds/vault-secret/schema.ts';
import type { Span } from '../../model/diagnostic.ts';
import { isJsonObject, type Json } from '../../model/json.ts';
import { objectOf, objectsOf, textOf } from '../../model/json-values.ts';
import type { FieldPath, Resource } from '../../model/resource.ts';
import { allGroups, type JobTask } from '../jobs/job-parts.ts';

/** A text of the definitions that everybody reads. */
export interface Literal {
  readonly where: string;
  /** The name of the value; empty for a whole text. */
  readonly name: string;
  readonly text: string;
  /** Its place, or that of words in it, each behind the one before. */
  readonly locate: (words: readonly string[]) => Span;
}

/** Everything that people wrote where many read it. */
export function literalsOf(fleet: Fleet): readonly Literal[] {
  return [
    ...allGroups(fleet).flatMap(({ tasks }) => tasks.flatMap((task) => ofTask(task))),
    ...fleet.byKind<ConsulKeySpec>('ConsulKey').flatMap((key) => ofConsulKey(key, fleet)),
    ...fleet.byKind<NomadVariableSpec>('NomadVariable').flatMap((variable) =>
      Object.entries(variable.spec.items).map(([name, text]) => ({
        where: `the item ${name}`,
        name,
        text,
        locate: () => variable.locate(['spec', 'items', name]),
      })),
    ),
    ...fleet.byKind<MachineConfigSpec>('MachineConfig').flatMap((config) => ofMachine(config, fleet)),
    ...fleet.byKind<VaultSecretSpec>('VaultSecret').flatMap(ofTemplates),
    ...ofVars(fleet),
  ];
}

function ofTask({ task, name: taskName, locate }: JobTask): readonly Literal[] {
  const env = Object.entries(objectOf(task['Env'])).map(([name, value]) => ({
    where: `the variable ${name}`,
    name,
    text: textOf(value),
    locate: () => locate({ block: 'env', attribute: name }),
  }));
  const config = Object.entries(objectOf(task['Config'])).flatMap(([attribute, value]) =>
    textsIn(value, attribute).map(({ name, text }) => ({
      where: `${attribute} of the task ${taskName}`,
      // Only what stands deeper has a name of its own: `auth { password = … }`.
      name: name === attribute ? '' : name,
      text,
      locate: () => locate({ block: 'config', attribute }),
    })),
  );
  const templates = objectsOf(task['Templates']).map((template, label) => ({
    where: `a template of the task ${taskName}`,
    name: '',
    text: textOf(template['EmbeddedTmpl']),
    locate: (words: readonly string[]) => locate({ block: 'template', label, attribute: 'data', words }),
  }));
  return [...env, ...config, ...templates];
}

/** Texts inside a value, each with the name that is nearest to it. */
function textsIn(value: Json, name: string): readonly { readonly name: string; readonly text: string }[] {
  if (typeof value === 'string') return [{ name, text: value }];
  if (Array.isArray(value)) return value.flatMap((item: Json) => textsIn(item, name));
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([field, item]) => textsIn(item, field));
}

function ofConsulKey(key: Resource<ConsulKeySpec>, fleet: Fleet): readonly Literal[] {
  const { value, file, template } = key.spec;
  const name = key.spec.key.split('/').at(-1) ?? '';
  const at = ['spec', 'value'];
  return [
    ...ofContent(key, fleet, { where: `the value of ${key.spec.key}`, name, content: value, at }),
    ...ofFile(key, fleet, { file, at: ['spec', 'file'] }),
    ...ofFile(key, fleet, { file: template, at: ['spec', 'template'] }),
  ];
}

function ofMachine(config: Resource<MachineConfigSpec>, fleet: Fleet): readonly Literal[] {
  const { files = {}, units = {} } = config.spec;
  const inFolder = (folder: 'files' | 'units', entries: object) =>
    Object.entries(entries).flatMap(([path, entry]: [string, unknown]) =>
      ofEntry(config, fleet, { path, entry, at: ['spec', folder, path] }),
    );
  const dropIns = Object.entries(units).flatMap(([unit, entry]) =>
    Object.entries((typeof entry === 'object' ? entry.dropIns : undefined) ?? {}).flatMap(([path, dropIn]) =>
      ofEntry(config, fleet, { path, entry: dropIn, at: ['spec', 'units', unit, 'dropIns', path] }),
    ),
  );
  return [...inFolder('files', files), ...inFolder('units', units), ...dropIns];
}

function ofEntry<S>(
  resource: Resource<S>,
  fleet: Fleet,
  { path, entry, at }: { readonly path: string; readonly entry: unknown; readonly at: FieldPath },
): readonly Literal[] {
  if (typeof entry !== 'object' || entry === null) return [];
  const { content, file, template } = entry as Readonly<Record<string, unknown>>;
  const where = `the content of ${path}`;
  return [
    ...ofContent(resource, fleet, { where, name: '', content, at: [...at, 'content'] }),
    ...ofFile(resource, fleet, { file, at: [...at, 'file'] }),
    ...ofFile(resource, fleet, { file: template, at: [...at, 'template'] }),
  ];
}

/** What a template of a secret says beside its keys. */
function ofTemplates(secret: Resource<VaultSecretSpec>): readonly Literal[] {
  return Object.entries(secret.spec.keys).flatMap(([name, key]) =>
    key.template === undefined
      ? []
      : [
          {
            where: `the template of ${name}`,
            name: '',
            text: key.template,
            locate: () => secret.locate(['spec', 'keys', name, 'template']),
          },
        ],
  );
}

/** Variables of the environment, which every definition may read. */
function ofVars({ project, environment }: Fleet): readonly Literal[] {
  const at = ['spec', 'environments', environment.name, 'vars'];
  const vars = project?.spec.environments?.[environment.name]?.vars ?? {};
  return Object.entries(vars).flatMap(([name, value]) =>
    project === undefined
      ? []
      : textsIn(value as Json, name).map(({ name: inner, text }) => ({
          where: `the variable ${name}`,
          name: inner,
          text,
          locate: () => project.locate([...at, name]),
        })),
  );
}

function ofContent<S>(
  resource: Resource<S>,
  fleet: Fleet,
  {
    where,
    name,
    content,
    at,
  }: { readonly where: string; readonly name: string; readonly content: unknown; readonly at: FieldPath },
): readonly Literal[] {
  if (typeof content !== 'string') return [];
  const locate = (words: readonly string[]) => narrowSpan(fleet, resource.locate(at), words);
  return [{ where, name, text: content, locate }];
}

function ofFile<S>(
  resource: Resource<S>,
  fleet: Fleet,
  { file, at }: { readonly file: unknown; readonly at: FieldPath },
): readonly Literal[] {
  const text = typeof file === 'string' ? sourceText(resource, fleet, file) : undefined;
  if (typeof file !== 'string' || text === undefined) return [];
  const path = repositoryPath(resource, file);
  const locate = (words: readonly string[]) =>
    (path === undefined ? undefined : wordsInFile(fleet, path, words)) ?? resource.locate(at);
  return [{ where: `the file ${file}`, name: '', text, locate }];
}
