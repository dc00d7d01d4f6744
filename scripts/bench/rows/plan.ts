import { contentTreeId } from '../../../controller/hydrate/tree-id.ts';
import { computePlan } from '../../../controller/plan/compute-plan.ts';
import { readRules } from '../../../controller/reconcile/read-tree.ts';
import { makeFleet } from '../made-fleet.ts';
import type { Row } from '../row.ts';
import { renderFleet } from './definitions.ts';

/** Two rendered trees that differ in one job to a plan with its digest. */
export const planRow: Row = {
  name: 'plan of one changed job',
  amount: '300 servers, 301 jobs',
  async prepare() {
    const live = (await renderFleet(makeFleet(300, 300))).tree;
    const proposal = (await renderFleet(makeFleet(300, 301))).tree;
    const rules = readRules(live);
    return {
      async run() {
        const ids = { liveTreeId: contentTreeId(live), proposalTreeId: contentTreeId(proposal) };
        computePlan({ environment: 'prod', live, proposal, rules, ...ids });
      },
    };
  },
};
