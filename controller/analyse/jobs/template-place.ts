import type { Fleet } from '../../kinds/kind.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { findingOf } from '../../model/diagnostic-code.ts';
import { textOf } from '../../model/json-values.ts';
import type { Rule } from '../rule.ts';
import { jobCodes } from './job-codes.ts';
import { allGroups } from './job-parts.ts';
import { type TaskTemplate, templatesOf } from './task-templates.ts';

/** Each template has a text and a place inside the task’s folder that is its own. */
export const templatePlace: Rule = (fleet: Fleet) =>
  allGroups(fleet).flatMap((group) =>
    group.tasks.flatMap((task) => {
      const taken = new Set<string>();
      return templatesOf(group, task).flatMap((template) => {
        const problem = placeProblem(template, taken);
        taken.add(template.destination);
        return problem === undefined ? [] : [told(template, problem)];
      });
    }),
  );

interface PlaceProblem {
  readonly attribute: string;
  readonly message: string;
}

function told({ locate }: TaskTemplate, { attribute, message }: PlaceProblem): Diagnostic {
  return findingOf(jobCodes.templateDestination, { span: locate(attribute), message });
}

function placeProblem(
  { template, destination }: TaskTemplate,
  taken: ReadonlySet<string>,
): PlaceProblem | undefined {
  const hasText = textOf(template['EmbeddedTmpl']) !== '';
  const hasSource = textOf(template['SourcePath']) !== '';
  if (!hasText && !hasSource) return { attribute: 'data', message: 'the template has no text' };
  if (hasText && hasSource) return { attribute: 'source', message: 'the template has data and a source' };
  const attribute = 'destination';
  if (destination === '') return { attribute, message: 'the template has no destination' };
  if (isOutside(destination)) {
    return { attribute, message: `${destination} lies outside of the folder of the task’s allocation` };
  }
  if (!taken.has(destination)) return undefined;
  return { attribute, message: `another template of the task is written to ${destination}` };
}

/** Nomad lays the path into the task’s folder; only steps upwards lead out of the allocation’s. */
function isOutside(destination: string): boolean {
  let depth = 1;
  for (const step of destination.split('/')) {
    if (step === '..') depth -= 1;
    else if (step !== '' && step !== '.') depth += 1;
    if (depth < 0) return true;
  }
  return false;
}
