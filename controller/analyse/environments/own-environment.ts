import type { Fleet } from '../../kinds/kind.ts';
import type { EnvironmentSpec, ProjectSpec } from '../../kinds/project/schema.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { type CodeEntry, findingOf } from '../../model/diagnostic-code.ts';
import type { FieldPath, Resource } from '../../model/resource.ts';

/** The environment of a fleet as `drover.yaml` has it. Fields that break the schema are left out. */
export interface OwnEnvironment {
  readonly name: string;
  readonly spec: Partial<EnvironmentSpec>;
  readonly project: Resource<ProjectSpec>;
  /** All environments of the project. */
  readonly all: Readonly<Record<string, Partial<EnvironmentSpec>>>;
  /** A finding about one of its fields: `['windows', 0, 'allow']`. */
  readonly find: (entry: CodeEntry, at: FieldPath, message: string, options?: FindOptions) => Diagnostic;
}

export interface FindOptions {
  readonly hint?: string | undefined;
  readonly part?: 'key' | 'value';
}

/** None in fleets that were made without a project. */
export function ownEnvironment({ project, environment }: Fleet): OwnEnvironment | undefined {
  const { name } = environment;
  const all: OwnEnvironment['all'] = project?.spec.environments ?? {};
  const spec = Object.hasOwn(all, name) ? all[name] : undefined;
  if (project === undefined || spec === undefined) return undefined;
  return {
    name,
    spec,
    project,
    all,
    find: (entry, at, message, { hint, part = 'value' } = {}) =>
      findingOf(entry, {
        span: project.locate(['spec', 'environments', name, ...at], part),
        message,
        hint,
      }),
  };
}
