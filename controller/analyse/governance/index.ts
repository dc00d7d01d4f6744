import type { Rule } from '../rule.ts';
import { policies } from './policies.ts';
import { tenantPaths } from './tenant-paths.ts';
import { tenants } from './tenants.ts';

export const governanceRules: readonly Rule[] = [tenants, tenantPaths, policies];
