import { findingOf } from '../../model/diagnostic-code.ts';
import type { Rule } from '../rule.ts';
import { jobCodes } from './job-codes.ts';
import { allTemplates } from './task-templates.ts';
import type { TemplateProblem } from './template-facts.ts';

/** What a template holds is a template of Nomad’s: braces that another program reads need other delimiters. */
export const templateText: Rule = (fleet) =>
  allTemplates(fleet).flatMap(({ facts, locate }) => {
    const { foreign, broken } = facts;
    const inText = ({ source }: TemplateProblem) => locate('data', ...(source === undefined ? [] : [source]));
    // Braces of a program are seldom whole ones here.
    if (foreign !== undefined) {
      const hint =
        foreign.hint === undefined ? {} : { hint: `${foreign.hint} Else ${jobCodes.foreignBraces.fix}` };
      return [
        findingOf(jobCodes.foreignBraces, { span: inText(foreign), message: foreign.message, ...hint }),
      ];
    }
    if (broken === undefined) return [];
    return [
      findingOf(jobCodes.brokenTemplate, {
        span: inText(broken),
        message: `the template has ${broken.message}`,
      }),
    ];
  });
