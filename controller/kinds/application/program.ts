import type { FieldPath, Resource } from '../../model/resource.ts';
import type { Fleet } from '../kind.ts';
import type { ProgramSpec } from './program-schema.ts';
import type { ApplicationSpec } from './schema.ts';

/** One program of an application: its main one, a sidecar, or the migration. */
export interface Program {
  /** The task's name. */
  readonly name: string;
  readonly spec: ProgramSpec;
  /** The fields of the definition that it comes from. */
  readonly at: FieldPath;
}

/** What all parts of the job are made from. */
export interface Source {
  readonly resource: Resource<ApplicationSpec>;
  readonly fleet: Fleet;
  readonly namespace: string;
}

export function sourceOf(resource: Resource<ApplicationSpec>, fleet: Fleet): Source {
  return { resource, fleet, namespace: resource.metadata.namespace ?? 'default' };
}

/** The main program first, under the application's name, then the sidecars. */
export function programsOf(resource: Resource<ApplicationSpec>): readonly Program[] {
  const { spec, metadata } = resource;
  const sidecars = Object.entries(spec.sidecars ?? {}).map(
    ([name, sidecar]): Program => ({ name, spec: sidecar, at: ['spec', 'sidecars', name] }),
  );
  return [{ name: metadata.name, spec, at: ['spec'] }, ...sidecars];
}

/** A migration is the main program with another command. */
export function migrationOf(resource: Resource<ApplicationSpec>): Program | undefined {
  const { migration, command: _command, args: _args, ...spec } = resource.spec;
  if (migration === undefined || spec.image === undefined) return undefined;
  return { name: 'migrate', spec: { ...spec, command: migration.command }, at: ['spec'] };
}
