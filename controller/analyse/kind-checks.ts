import { applicationCodes } from '../kinds/application-codes.ts';
import { clusterCodes } from '../kinds/cluster/cluster-codes.ts';
import { clusterObjectCodes } from '../kinds/cluster-object-codes.ts';
import type { Draft, Fleet } from '../kinds/kind.ts';
import { kindCodes } from '../kinds/kind-codes.ts';
import type { Diagnostic, DiagnosticCode, Span } from '../model/diagnostic.ts';
import type { Json } from '../model/json.ts';
import { stepInto } from '../model/json-values.ts';
import type { FieldPath, Resource } from '../model/resource.ts';
import type { Kinds, Rule } from './rule.ts';

/** Codes that judge one value by itself, or by other definitions: they hold whatever else is wrong with the definition. */
const ofOneValue: ReadonlySet<DiagnosticCode> = new Set(
  [
    kindCodes.address,
    kindCodes.authorizedKeys,
    kindCodes.checksum,
    kindCodes.consulKey,
    kindCodes.fileMissing,
    kindCodes.hostPort,
    kindCodes.mode,
    kindCodes.path,
    kindCodes.rebootWindow,
    kindCodes.sealKey,
    kindCodes.vaultPath,
    kindCodes.webUrl,
    applicationCodes.condition,
    applicationCodes.schedule,
    applicationCodes.secretKey,
    clusterCodes.secretKey,
    clusterCodes.version,
    clusterObjectCodes.vaultCapability,
  ].map(({ code }) => code),
);

/** What each kind itself checks of its resources; of those with errors, what it says of their sound values alone. */
export const kindChecks: Rule = (fleet, kinds) => [
  ...fleet.resources.flatMap((resource) => check(resource, fleet, kinds)),
  ...(fleet.drafts ?? []).flatMap((draft) => checkDraft(draft, fleet, kinds)),
];

function check(resource: Resource, fleet: Fleet, kinds: Kinds): readonly Diagnostic[] {
  const kind = [...kinds.values()].find(({ name }) => name === resource.kind);
  return kind?.check?.(resource, fleet) ?? [];
}

/** Which value a finding is about is known by the place that it asked for. */
function checkDraft(draft: Draft, fleet: Fleet, kinds: Kinds): readonly Diagnostic[] {
  const asked = new Map<Span, FieldPath>();
  const resource: Resource = {
    ...draft.resource,
    locate: (at, part) => {
      const span = draft.resource.locate(at, part);
      asked.set(span, at);
      return span;
    },
  };
  return check(resource, fleet, kinds).filter(({ code, span }) => {
    const at = asked.get(span);
    return ofOneValue.has(code) && at !== undefined && isPlain(draft, at) && draft.isSound(at);
  });
}

/** A whole map or list is told by what it lacks, too. */
function isPlain({ resource }: Draft, [part, ...path]: FieldPath): boolean {
  const value = path.reduce<Json | undefined>((inside, step) => stepInto(inside, step), resource.spec);
  return part === 'spec' && (typeof value === 'string' || typeof value === 'number');
}
