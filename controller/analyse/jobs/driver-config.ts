import type { Diagnostic } from '../../model/diagnostic.ts';
import { findingOf } from '../../model/diagnostic-code.ts';
import type { JsonObject } from '../../model/json.ts';
import { objectOf, textOf } from '../../model/json-values.ts';
import type { Rule } from '../rule.ts';
import { jobCodes } from './job-codes.ts';
import { allGroups, type JobTask } from './job-parts.ts';

/** What a driver must be told, any one of them. Of other drivers nothing is known. */
const needs: Readonly<Record<string, readonly string[]>> = {
  docker: ['image'],
  podman: ['image'],
  exec: ['command'],
  raw_exec: ['command'],
  java: ['jar_path', 'class'],
  qemu: ['image_path'],
};

/** Each task says what to run, in the words of its driver. */
export const driverConfig: Rule = (fleet) =>
  allGroups(fleet).flatMap(({ tasks }) => tasks.flatMap((task) => checkTask(task)));

function checkTask({ task, name, locate }: JobTask): readonly Diagnostic[] {
  const driver = textOf(task['Driver']);
  if (driver === '') {
    const message = `the task ${name} has no driver`;
    return [findingOf(jobCodes.driverConfig, { span: locate(), message, hint: 'write driver = "docker"' })];
  }
  const needed = Object.hasOwn(needs, driver) ? (needs[driver] ?? []) : [];
  if (needed.length === 0 || needed.some((field) => isSaid(objectOf(task['Config']), field))) return [];
  const message = `the task ${name} does not say its ${needed.join(' or ')}, which the driver ${driver} needs`;
  return [findingOf(jobCodes.driverConfig, { span: locate({ block: 'config' }), message })];
}

function isSaid(config: JsonObject, field: string): boolean {
  return config[field] !== undefined && config[field] !== '';
}
