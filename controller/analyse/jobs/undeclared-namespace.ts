import type { Fleet } from '../../kinds/kind.ts';
import type { Span } from '../../model/diagnostic.ts';
import { findingOf } from '../../model/diagnostic-code.ts';
import { missingDefinition } from '../../model/mistake.ts';
import { didYouMean } from '../../model/nearest.ts';
import { nameless, type Resource } from '../../model/resource.ts';
import type { Rule } from '../rule.ts';
import { jobCodes } from './job-codes.ts';

/** What lives in a Nomad namespace lives in one that is there. Without any NomadNamespace they are made elsewhere. */
export const undeclaredNamespace: Rule = (fleet, kinds) => {
  const names = fleet.byKind('NomadNamespace').map(({ metadata }) => metadata.name);
  // One that is declared twice was to have another name, which may be the one that is missed.
  if (names.length === 0 || fleet.isBroken?.(nameless('NomadNamespace')) === true) return [];
  const namespaced = new Set(
    [...kinds.values()].filter((kind) => kind.namespaced).map(({ name }) => name as string),
  );
  return fleet.resources.flatMap((resource) => {
    const { namespace = 'default', name } = resource.metadata;
    const isThere = !namespaced.has(resource.kind) || namespace === 'default' || names.includes(namespace);
    if (isThere || fleet.isBroken?.(`NomadNamespace/${namespace}`) === true) return [];
    const finding = findingOf(jobCodes.undeclaredNamespace, {
      span: placeOf(resource, fleet),
      message: `${name} is in the namespace ${namespace}, which nobody declares`,
      hint: didYouMean(namespace, names),
    });
    const mistake = { ...missingDefinition('NomadNamespace', namespace), also: `${name} is in it, too` };
    return { ...finding, mistake };
  });
};

/** A job that is only a file says its namespace in there. */
function placeOf(resource: Resource, fleet: Fleet): Span {
  const written = resource.locate(['metadata', 'namespace']);
  const whole = resource.locate([]);
  if (written.line !== whole.line || written.column !== whole.column) return written;
  const job = fleet.jobs().find((found) => found.resource === resource);
  return job?.locate({ attribute: 'namespace' }) ?? written;
}
