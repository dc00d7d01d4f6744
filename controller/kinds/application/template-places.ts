import type { Span } from '../../model/diagnostic.ts';
import type { FieldPath, Resource } from '../../model/resource.ts';
import type { Fleet, JobPlace } from '../kind.ts';
import { narrowSpan, wordsInFile } from '../narrow-span.ts';
import { repositoryPath } from '../source-file.ts';
import type { BuiltJob } from './build-job.ts';
import type { ProgramFileSpec, ProgramSpec } from './program-schema.ts';
import type { ApplicationSpec } from './schema.ts';
import type { TemplateBlock } from './templates.ts';

export function templateBlock({ task, label }: JobPlace, built: BuiltJob): TemplateBlock | undefined {
  const templates = task === undefined ? undefined : built.templatesByTask.get(task);
  return typeof label === 'number'
    ? templates?.[label]
    : templates?.find(({ template }) => template['DestPath'] === label);
}

/** The secret of a definition that a read of the rendered template comes from. */
export function wordsField(place: JobPlace, built: BuiltJob): FieldPath | undefined {
  const { block, words = [] } = place;
  if (block !== 'template' || words.length === 0) return undefined;
  const [path, key] = words;
  const reads = templateBlock(place, built)?.reads?.filter((read) => read.path === path) ?? [];
  const found = reads.find((read) => read.key === key) ?? reads[0];
  return found === undefined ? undefined : [...found.at.slice(1), found.key === key ? 'key' : 'secret'];
}

/** Words of a file’s text, in the field or the file that says it. */
export function wordsInTemplate(
  resource: Resource<ApplicationSpec>,
  fleet: Fleet,
  { place, field }: { readonly place: JobPlace; readonly field: FieldPath },
): Span | undefined {
  const { words } = place;
  const file = words === undefined ? undefined : fileAt(resource.spec, field);
  if (words === undefined || file === undefined) return undefined;
  const at = ['spec', ...field];
  if (file.content !== undefined) return narrowSpan(fleet, resource.locate([...at, 'content']), words);
  const path = repositoryPath(resource, file.file ?? file.template ?? '');
  return path === undefined ? undefined : wordsInFile(fleet, path, words);
}

function fileAt(spec: ApplicationSpec, field: FieldPath): ProgramFileSpec | undefined {
  const [first, second] = field;
  const program: ProgramSpec | undefined = first === 'sidecars' ? spec.sidecars?.[String(second)] : spec;
  const [list, name] = first === 'sidecars' ? field.slice(2) : field;
  return list === 'files' ? program?.files?.[String(name)] : undefined;
}
