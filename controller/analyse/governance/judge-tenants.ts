import { kinds as registry } from '../../kinds/index.ts';
import type { Fleet } from '../../kinds/kind.ts';
import { compareDiagnostics } from '../../model/diagnostic.ts';
import type { Tenant } from '../../model/environment.ts';
import type { Breach } from '../../model/plan.ts';
import { foldCrowds } from '../fold-crowds.ts';
import type { Kinds } from '../rule.ts';
import { tenantBreaches } from './tenants.ts';

/** What definitions break of tenants that stand elsewhere than in their own tree; tenants that are kept are left out. */
export function judgeTenants(
  fleet: Fleet,
  tenants: readonly Tenant[],
  kinds: Kinds = registry,
): readonly Breach[] {
  const environment = fleet.environment.name;
  return tenants.flatMap((tenant) => {
    const found = foldCrowds(tenantBreaches(tenant, fleet, kinds));
    const findings = found.map((finding) => ({ ...finding, environment })).sort(compareDiagnostics);
    return findings.length === 0 ? [] : [{ code: 'Tenant', unit: `tenant:${tenant.path}`, findings }];
  });
}
