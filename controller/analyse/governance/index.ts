import type { Rule } from '../rule.ts';
import { policies } from './policies.ts';
import { tenantJobs } from './tenant-jobs.ts';
import { tenantPaths } from './tenant-paths.ts';
import { tenantReads } from './tenant-reads.ts';
import { tenants } from './tenants.ts';

export const governanceRules: readonly Rule[] = [tenants, tenantPaths, tenantJobs, tenantReads, policies];
