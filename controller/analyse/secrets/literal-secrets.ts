import type { ConsulKeySpec } from '../../kinds/consul-key/schema.ts';
import type { Fleet } from '../../kinds/kind.ts';
import type { MachineConfigSpec } from '../../kinds/machine-config/schema.ts';
import type { NomadVariableSpec } from '../../kinds/nomad-variable/schema.ts';
import { sourceText } from '../../kinds/source-file.ts';
import type { Diagnostic, Span } from '../../model/diagnostic.ts';
import { findingOf } from '../../model/diagnostic-code.ts';
import { isJsonObject, type Json } from '../../model/json.ts';
import { objectOf, objectsOf, textOf } from '../../model/json-values.ts';
import type { FieldPath, Resource } from '../../model/resource.ts';
import { secretInText, secretInValue } from '../../model/secret-form.ts';
import { allGroups, type JobTask } from '../jobs/job-parts.ts';
import type { Rule } from '../rule.ts';
import { secretCodes } from './secret-codes.ts';

/** A text of the definitions that everybody reads. */
interface Literal {
  readonly where: string;
  /** The name of the value; empty for a whole text. */
  readonly name: string;
  readonly text: string;
  readonly locate: () => Span;
}

/** No literal in the definitions looks like a secret. The value is never repeated. */
export const literalSecrets: Rule = (fleet) => {
  const seen = new Set<string>();
  return literalsOf(fleet).flatMap(({ where, name, text, locate }): readonly Diagnostic[] => {
    const what = name === '' ? secretInText(text) : secretInValue(name, text);
    if (what === undefined) return [];
    const span = locate();
    const key = `${span.path}:${span.line}:${span.column}`;
    // A migration has the environment of its application.
    if (seen.has(key)) return [];
    seen.add(key);
    return [findingOf(secretCodes.literal, { span, message: `${where} holds what looks like ${what}` })];
  });
};

function literalsOf(fleet: Fleet): readonly Literal[] {
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
    locate: () => locate({ block: 'template', label, attribute: 'data' }),
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
  const where = `the value of ${key.spec.key}`;
  return [
    ...(value === undefined
      ? []
      : [{ where, name, text: value, locate: () => key.locate(['spec', 'value']) }]),
    ...ofFile(key, fleet, { file, at: ['spec', 'file'] }),
    ...ofFile(key, fleet, { file: template, at: ['spec', 'template'] }),
  ];
}

function ofMachine(config: Resource<MachineConfigSpec>, fleet: Fleet): readonly Literal[] {
  return Object.entries(config.spec.files ?? {}).flatMap(([path, entry]) => {
    if (typeof entry !== 'object') return [];
    const { content, file, template } = entry;
    const at = ['spec', 'files', path];
    const where = `the content of ${path}`;
    return [
      ...(content === undefined
        ? []
        : [{ where, name: '', text: content, locate: () => config.locate([...at, 'content']) }]),
      ...ofFile(config, fleet, { file, at: [...at, 'file'] }),
      ...(typeof template === 'string'
        ? ofFile(config, fleet, { file: template, at: [...at, 'template'] })
        : []),
    ];
  });
}

function ofFile<S>(
  resource: Resource<S>,
  fleet: Fleet,
  { file, at }: { readonly file: string | undefined; readonly at: FieldPath },
): readonly Literal[] {
  const text = file === undefined ? undefined : sourceText(resource, fleet, file);
  if (text === undefined) return [];
  return [{ where: `the file ${file}`, name: '', text, locate: () => resource.locate(at) }];
}
