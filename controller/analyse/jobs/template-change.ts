import { findingOf } from '../../model/diagnostic-code.ts';
import { objectOf, textOf } from '../../model/json-values.ts';
import { didYouMean } from '../../model/nearest.ts';
import type { Rule } from '../rule.ts';
import { jobCodes } from './job-codes.ts';
import { allGroups } from './job-parts.ts';
import { isSignal, signals } from './signals.ts';
import { allTemplates, type TaskTemplate } from './task-templates.ts';

const modes: readonly string[] = ['noop', 'restart', 'script', 'signal'];

interface ChangeProblem {
  readonly attribute: string;
  readonly message: string;
  readonly hint?: string | undefined;
}

/** A program hears of a changed template in a way that there is; and of its end by a signal that there is. */
export const templateChange: Rule = (fleet) => [
  ...allTemplates(fleet).flatMap((template) => {
    const problem = changeProblem(template);
    if (problem === undefined) return [];
    const { attribute, ...details } = problem;
    return [findingOf(jobCodes.changeMode, { span: template.locate(attribute), ...details })];
  }),
  ...allGroups(fleet).flatMap(({ tasks }) =>
    tasks.flatMap(({ task, locate }) => {
      const signal = textOf(task['KillSignal']);
      if (signal === '' || isSignal(signal)) return [];
      const { attribute, ...details } = noSignal('kill_signal', signal);
      return [findingOf(jobCodes.changeMode, { span: locate({ attribute }), ...details })];
    }),
  ),
];

function changeProblem({ template }: TaskTemplate): ChangeProblem | undefined {
  const mode = textOf(template['ChangeMode'], 'restart');
  const signal = textOf(template['ChangeSignal']);
  if (!modes.includes(mode)) {
    return {
      attribute: 'change_mode',
      message: `Nomad has no change_mode "${mode}"`,
      hint: didYouMean(mode, modes),
    };
  }
  if (mode === 'script' && textOf(objectOf(template['ChangeScript'])['Command']) === '') {
    return { attribute: 'change_mode', message: 'change_mode is "script", and there is no change_script' };
  }
  if (mode !== 'signal') return undefined;
  if (template['Envvars'] === true) {
    const message = 'a signal does not give a running program other environment variables';
    return { attribute: 'change_mode', message, hint: 'write change_mode = "restart"' };
  }
  // Nomad’s own is SIGHUP.
  return signal === '' || isSignal(signal) ? undefined : noSignal('change_signal', signal);
}

function noSignal(attribute: string, signal: string): ChangeProblem {
  return { attribute, message: `there is no signal ${signal}`, hint: didYouMean(signal, signals) };
}
