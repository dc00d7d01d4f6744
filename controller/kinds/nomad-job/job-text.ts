import type { Json } from '../../model/json.ts';
import type { Resource } from '../../model/resource.ts';
import type { Fleet } from '../kind.ts';
import { sourceText } from '../source-file.ts';
import type { NomadJobSpec } from './schema.ts';

/** The HCL of a job, from its file or inline; none for jobs as JSON and for files that are missing. */
export function jobHcl(resource: Resource<NomadJobSpec>, fleet: Fleet): string | undefined {
  const { hcl } = resource.spec;
  return hcl?.inline ?? (hcl?.file === undefined ? undefined : sourceText(resource, fleet, hcl.file));
}

/** The id that the job has in Nomad. */
export function jobId(resource: Resource<Pick<NomadJobSpec, 'jobId'>>): string {
  return resource.spec.jobId ?? resource.metadata.name;
}

/** Names of the variables that an HCL text declares. Comments are no declarations. Line by line: the time grows with the text only. */
export function declaredVariables(hcl: string): readonly string[] {
  return hcl.split(/[\r\n]+/).flatMap((line) => /^[^\S\r\n]*variable\s+"([^"]+)"/.exec(line)?.[1] ?? []);
}

/** The values that the HCL is parsed with: the definition's own over the environment's vars of the same name. */
export function jobVariables(
  hcl: string,
  spec: Pick<NomadJobSpec, 'variables'>,
  vars: Readonly<Record<string, Json>>,
): Readonly<Record<string, Json>> {
  const own = (spec.variables ?? {}) as Readonly<Record<string, Json>>;
  const shared = declaredVariables(hcl).filter((name) => Object.hasOwn(vars, name));
  return { ...Object.fromEntries(shared.map((name) => [name, vars[name] ?? null])), ...own };
}
