import type { Fleet } from '../../kinds/kind.ts';
import type { Span } from '../../model/diagnostic.ts';
import type { JsonObject } from '../../model/json.ts';
import { objectsOf, textOf } from '../../model/json-values.ts';
import { allGroups, type JobGroup, type JobTask } from './job-parts.ts';
import { readTemplate, type TemplateFacts } from './template-facts.ts';

export interface TaskTemplate {
  readonly group: JobGroup;
  readonly task: JobTask;
  readonly template: JsonObject;
  /** Where it is written to; empty where nothing is said. */
  readonly destination: string;
  /** What its text says; nothing where the text is a file of the client. */
  readonly facts: TemplateFacts;
  /** The place of an attribute, or of words in its text. */
  readonly locate: (attribute?: string, ...words: readonly string[]) => Span;
}

const known = new WeakMap<JsonObject, TemplateFacts>();
const nothing: TemplateFacts = { reads: [] };

/** The templates of a task, each text read once. */
export function templatesOf(group: JobGroup, task: JobTask): readonly TaskTemplate[] {
  return objectsOf(task.task['Templates']).map((template, label) => ({
    group,
    task,
    template,
    destination: textOf(template['DestPath']),
    facts: factsOf(template),
    locate: (attribute, ...words) =>
      task.locate({ block: 'template', label, ...(attribute === undefined ? {} : { attribute }), words }),
  }));
}

export function allTemplates(fleet: Fleet): readonly TaskTemplate[] {
  return allGroups(fleet).flatMap((group) => group.tasks.flatMap((task) => templatesOf(group, task)));
}

function factsOf(template: JsonObject): TemplateFacts {
  const text = textOf(template['EmbeddedTmpl']);
  if (text === '') return nothing;
  const facts =
    known.get(template) ??
    readTemplate(text, [textOf(template['LeftDelim'], '{{'), textOf(template['RightDelim'], '}}')]);
  known.set(template, facts);
  return facts;
}
