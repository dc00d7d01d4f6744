import { findingOf } from '../../model/diagnostic-code.ts';
import { objectOf, textOf } from '../../model/json-values.ts';
import { didYouMean } from '../../model/nearest.ts';
import type { Rule } from '../rule.ts';
import { driverCodes } from './driver-codes.ts';
import { driverOptions as known } from './driver-words.ts';
import { allGroups } from './job-parts.ts';

/** The config block of a task has options of its driver; of drivers that come with plugins nothing is known. */
export const driverOptions: Rule = (fleet) =>
  allGroups(fleet).flatMap(({ tasks }) =>
    tasks.flatMap(({ task, name, locate }) => {
      const driver = textOf(task['Driver']);
      const options = Object.hasOwn(known, driver) ? (known[driver] ?? []) : undefined;
      if (options === undefined) return [];
      const unknown = Object.keys(objectOf(task['Config'])).filter((option) => !options.includes(option));
      return unknown.map((option) =>
        findingOf(driverCodes.unknownOption, {
          span: locate({ block: 'config', attribute: option }),
          message: `the driver ${driver} has no option ${option}, which the task ${name} sets`,
          hint: didYouMean(option, options),
        }),
      );
    }),
  );
