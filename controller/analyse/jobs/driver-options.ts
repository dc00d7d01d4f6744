import type { Diagnostic } from '../../model/diagnostic.ts';
import { findingOf } from '../../model/diagnostic-code.ts';
import type { Json } from '../../model/json.ts';
import { objectOf, textOf } from '../../model/json-values.ts';
import { didYouMean } from '../../model/nearest.ts';
import { eachPlaceOnce } from '../each-place-once.ts';
import type { Rule } from '../rule.ts';
import { driverCodes } from './driver-codes.ts';
import { driverOptions as known, listOptions, textOptions } from './driver-words.ts';
import { allGroups, type JobTask } from './job-parts.ts';

/** The config block of a task has options of its driver, in their form; of drivers that come with plugins nothing is known. */
export const driverOptions: Rule = (fleet) =>
  eachPlaceOnce(
    allGroups(fleet).flatMap(({ tasks }) =>
      tasks.flatMap((task) => {
        const driver = textOf(task.task['Driver']);
        const options = Object.hasOwn(known, driver) ? (known[driver] ?? []) : undefined;
        if (options === undefined) return [];
        return Object.entries(objectOf(task.task['Config'])).flatMap(([option, value]) =>
          options.includes(option)
            ? checkForm(task, option, value)
            : [unknownOption(task, { driver, option, options })],
        );
      }),
    ),
  );

function unknownOption(
  { name, locate }: JobTask,
  { driver, option, options }: { driver: string; option: string; options: readonly string[] },
): Diagnostic {
  return findingOf(driverCodes.unknownOption, {
    span: locate({ block: 'config', attribute: option }),
    message: `the driver ${driver} has no option ${option}, which the task ${name} sets`,
    hint: didYouMean(option, options),
  });
}

function checkForm({ name, locate }: JobTask, option: string, value: Json): readonly Diagnostic[] {
  const wanted = listOptions.has(option) ? 'a list' : textOptions.has(option) ? 'one text' : undefined;
  const isRight = wanted === 'a list' ? Array.isArray(value) : typeof value !== 'object';
  if (wanted === undefined || isRight || value === null) return [];
  return [
    findingOf(driverCodes.optionForm, {
      span: locate({ block: 'config', attribute: option }),
      message: `${option} of the task ${name} is to be ${wanted}`,
      hint: wanted === 'a list' ? `write ${option} = ["…"], one text for each word` : `write ${option} = "…"`,
    }),
  ];
}
