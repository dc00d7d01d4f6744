import type { Fleet } from '../../kinds/kind.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { findingOf } from '../../model/diagnostic-code.ts';
import type { Tenant } from '../../model/environment.ts';
import { didYouMean, nearestWord } from '../../model/nearest.ts';
import type { FieldPath } from '../../model/resource.ts';
import type { Kinds } from '../rule.ts';
import { governanceCodes } from './governance-codes.ts';
import { type TenantList, tenantLists } from './tenant-lists.ts';

/** A tenant as it is probably meant, and the words that are not written so. */
export interface MeantTenant {
  readonly tenant: Tenant;
  readonly findings: readonly Diagnostic[];
}

/**
 * A misspelt word of a tenant is told where it stands, and read as what it means: otherwise it would be told again at
 * everything that it was to allow. `index` is the tenant’s place in the Project.
 */
export function meantTenant(
  tenant: Tenant,
  index: number,
  { fleet, kinds }: { readonly fleet: Fleet; readonly kinds: Kinds },
): MeantTenant {
  const plain: MeantTenant = { tenant: withMeantKinds(tenant, kinds), findings: [] };
  return tenantLists(tenant, fleet, kinds).reduce<MeantTenant>((sofar, list) => {
    const pairs = list.words.flatMap((word) => {
      const meant = meantWord(word, list);
      return meant === undefined ? [] : [[word, meant] as const];
    });
    if (pairs.length === 0) return sofar;
    const meantBy = new Map(pairs);
    return {
      tenant: list.replace(
        sofar.tenant,
        list.words.map((word) => meantBy.get(word) ?? word),
      ),
      findings: [
        ...sofar.findings,
        ...pairs.flatMap(([word, meant]) => tell({ tenant, index, list, fleet }, word, meant)),
      ],
    };
  }, plain);
}

/** Unknown kinds are told by a rule of their own. One that is near to none may mean any. */
function withMeantKinds(tenant: Tenant, kinds: Kinds): Tenant {
  const { kinds: listed, ...others } = tenant;
  const known: ReadonlySet<string> = new Set(kinds.keys());
  if (listed === undefined || listed.every((kind) => known.has(kind))) return tenant;
  const meant = listed.map((kind) => (known.has(kind) ? kind : nearestWord(kind, known)));
  return meant.includes(undefined) ? others : { ...others, kinds: meant.flatMap((kind) => kind ?? []) };
}

/** What a word that names nothing is near to, among what the tenant uses and no other word allows. */
function meantWord(word: string, list: TenantList): string | undefined {
  const { used } = list;
  if (list.isThere(word) || used.some((value) => list.covers(word, value))) return undefined;
  const refused = used.filter((value) => !list.words.some((other) => list.covers(other, value)));
  const candidates = [...new Set(refused.flatMap((value) => list.wordsFor(word, value)))];
  return nearestWord(word, candidates);
}

interface Misspelt {
  readonly tenant: Tenant;
  readonly index: number;
  readonly list: TenantList;
  readonly fleet: Fleet;
}

function tell({ tenant, index, list, fleet }: Misspelt, word: string, meant: string): readonly Diagnostic[] {
  const place: FieldPath = ['spec', 'tenants', index, ...list.at, list.words.indexOf(word)];
  const span = fleet.project?.locate(place);
  if (span === undefined) return [];
  const message = `${word} is no ${list.what} that is there, and what lies below ${tenant.path} uses ${meant}`;
  return [findingOf(governanceCodes.tenantWord, { span, message, hint: didYouMean(word, [meant]) })];
}
