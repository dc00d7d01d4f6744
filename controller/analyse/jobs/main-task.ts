import type { Diagnostic } from '../../model/diagnostic.ts';
import { findingOf } from '../../model/diagnostic-code.ts';
import { objectOf, textOf } from '../../model/json-values.ts';
import { didYouMean } from '../../model/nearest.ts';
import type { Rule } from '../rule.ts';
import { hasProxy } from './has-proxy.ts';
import { jobCodes } from './job-codes.ts';
import { allGroups, type JobGroup, type JobTask } from './job-parts.ts';

const hooks: readonly string[] = ['prestart', 'poststart', 'poststop'];

/** A group has a task or is one proxy of Connect's, has at most one leader, and hooks that there are. */
export const mainTask: Rule = (fleet) => allGroups(fleet).flatMap((group) => checkGroup(group));

function checkGroup(group: JobGroup): readonly Diagnostic[] {
  const { tasks, name, locate } = group;
  const unknown = tasks.flatMap((task) => unknownHook(task));
  if (unknown.length > 0) return unknown;
  const leaders = tasks.filter(({ task }) => task['Leader'] === true);
  const second = leaders[1];
  if (second !== undefined) {
    const message = `${leaders.map((leader) => leader.name).join(' and ')} both lead the group ${name}`;
    return [findingOf(jobCodes.mainTask, { span: second.locate({ attribute: 'leader' }), message })];
  }
  if (tasks.length > 0 || hasProxy(group.group)) return [];
  return [findingOf(jobCodes.mainTask, { span: locate(), message: `the group ${name} has no task` })];
}

function unknownHook(task: JobTask): readonly Diagnostic[] {
  const hook = hookOf(task);
  if (hook === '' || hooks.includes(hook)) return [];
  const message = `Nomad has no lifecycle hook "${hook}"`;
  const span = task.locate({ block: 'lifecycle', attribute: 'hook' });
  return [findingOf(jobCodes.mainTask, { span, message, hint: didYouMean(hook, hooks) })];
}

function hookOf({ task }: JobTask): string {
  return textOf(objectOf(task['Lifecycle'])['Hook']);
}
