import type { JobPlace } from '../../kinds/kind.ts';
import type { JsonObject } from '../../model/json.ts';
import { objectsOf, textOf } from '../../model/json-values.ts';
import type { Constraint } from './constraint.ts';

/** All constraints that a group's allocations must meet: the job's, the group's, its tasks'. */
export function constraintsOf(job: JsonObject, group: JsonObject): readonly Constraint[] {
  const name = textOf(group['Name']);
  return [
    ...readConstraints(job, {}),
    ...readConstraints(group, { group: name }),
    ...objectsOf(group['Tasks']).flatMap((task) =>
      readConstraints(task, { group: name, task: textOf(task['Name']) }),
    ),
  ];
}

function readConstraints(holder: JsonObject, place: JobPlace): readonly Constraint[] {
  return objectsOf(holder['Constraints']).map((written, label) => ({
    left: textOf(written['LTarget']),
    operator: textOf(written['Operand'], '='),
    right: textOf(written['RTarget']),
    place: { ...place, block: 'constraint', label },
  }));
}
