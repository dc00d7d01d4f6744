import type { Diagnostic } from '../../model/diagnostic.ts';
import { isLabel, type Resource } from '../../model/resource.ts';
import { exactlyOne } from '../exactly-one.ts';
import { finding } from '../finding.ts';
import { kindCodes } from '../kind-codes.ts';
import { durationMs } from '../quantity.ts';
import type { EnvironmentSpec, ProjectSpec } from './schema.ts';

export function checkProject(resource: Resource<ProjectSpec>): readonly Diagnostic[] {
  return [
    ...carried(resource, ['spec'], resource.spec, ['breakGlass', 'notify']),
    ...Object.entries(resource.spec.environments).flatMap(([name, environment]) => [
      ...checkName(resource, name),
      ...checkCanary(resource, name, environment),
      ...checkGates(resource, name, environment),
      ...checkCarried(resource, name, environment),
    ]),
  ];
}

function checkName(resource: Resource<ProjectSpec>, name: string): readonly Diagnostic[] {
  if (isLabel(name) && !name.endsWith('-next')) return [];
  return [
    finding(resource, ['spec', 'environments', name], {
      entry: kindCodes.name,
      message: `an environment can't be named "${name}": it is part of branch names and Consul keys`,
      hint: 'use lower-case letters, digits and dashes, 63 at most, not ending in -next',
      part: 'key',
    }),
  ];
}

function checkCanary(
  resource: Resource<ProjectSpec>,
  name: string,
  environment: EnvironmentSpec,
): readonly Diagnostic[] {
  const pause = environment.rollout?.canary?.pause;
  if (pause === undefined) return [];
  const at = ['spec', 'environments', name, 'rollout', 'canary', 'pause'];
  if (pause === 'UntilResumed') {
    const message = 'this version can’t be told to resume: a canary pauses for a time';
    return [finding(resource, at, { entry: kindCodes.value, message, hint: 'write a duration, as 15m' })];
  }
  const read = durationMs(pause);
  if (read.ok) return [];
  const { message, hint } = read;
  return [finding(resource, at, { entry: kindCodes.quantity, message, hint })];
}

function checkGates(
  resource: Resource<ProjectSpec>,
  name: string,
  environment: EnvironmentSpec,
): readonly Diagnostic[] {
  const at = ['spec', 'environments', name];
  return [
    ...Object.entries(environment.gates ?? {}).flatMap(([gate, spec]) =>
      exactlyOne(resource, [...at, 'gates', gate], spec, ['promql', 'http', 'cel']),
    ),
    ...(environment.windows ?? []).flatMap((window, index) =>
      exactlyOne(resource, [...at, 'windows', index], window, ['allow', 'deny']),
    ),
  ];
}

/** Rules that this version reads and does not enforce: said, so that nobody relies on them. */
function checkCarried(
  resource: Resource<ProjectSpec>,
  name: string,
  environment: EnvironmentSpec,
): readonly Diagnostic[] {
  const at = ['spec', 'environments', name];
  return [
    ...carried(resource, at, environment, ['windows', 'freezes', 'gates', 'hotfix', 'onFailure']),
    ...carried(resource, [...at, 'approvals'], environment.approvals, ['codeOwners', 'carryOver']),
    ...carried(resource, [...at, 'guard'], environment.guard, ['restarts']),
    ...carried(resource, [...at, 'drift'], environment.drift, ['overrides', 'ignore']),
    ...carried(resource, [...at, 'rollout'], environment.rollout, ['checks']),
  ];
}

function carried(
  resource: Resource<ProjectSpec>,
  at: readonly string[],
  value: object | undefined,
  names: readonly string[],
): readonly Diagnostic[] {
  return names
    .filter((name) => value !== undefined && Object.hasOwn(value, name))
    .map((name) =>
      finding(resource, [...at, name], {
        entry: kindCodes.notApplied,
        message: `${name} is read, not enforced by this version`,
        part: 'key',
      }),
    );
}
