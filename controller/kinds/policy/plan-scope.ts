import type { JsonObject } from '../../model/json.ts';
import type { Action, Plan, Verb } from '../../model/plan.ts';
import { unitKey } from '../../model/tree.ts';

/**
 * What rules read of a plan, as `plan`: every field is always there. What nests in actions lies beside them as well
 * (`restarts`, `dangers`, `servers`), so that one loop suffices.
 */
export function planScope({ environment, actions, dangers, guard }: Plan): JsonObject {
  const codesByUnit = Map.groupBy(dangers, ({ unit }) => unit);
  return {
    environment,
    actions: actions.map((action) => ({
      unit: unitKey(action),
      kind: action.kind,
      key: action.key,
      verb: action.verb,
      wave: action.wave,
      restarts: action.restarts,
      stateful: action.stateful,
      protect: action.protect,
      dangers: (codesByUnit.get(unitKey(action)) ?? []).map(({ code }) => code),
      path: action.source.path,
    })),
    counts: countsOf(actions),
    servers: actions.filter(({ kind }) => kind === 'server').map(({ key }) => key),
    restarts: actions.flatMap((action) =>
      action.restarts.map((what) => ({ unit: unitKey(action), key: action.key, what })),
    ),
    dangers: dangers.map(({ code, unit, message, confirm }) => ({ code, unit, message, confirm })),
    guard: { ...guard },
  };
}

function countsOf(actions: readonly Action[]): Readonly<Record<Verb | 'total', number>> {
  const count = (verb: Verb) => actions.filter((action) => action.verb === verb).length;
  return {
    create: count('create'),
    update: count('update'),
    replace: count('replace'),
    delete: count('delete'),
    total: actions.length,
  };
}

/** A plan with one of everything: a rule that has no value for it names something that no plan has. */
export const samplePlan: Plan = {
  environment: 'sample',
  digest: '',
  actions: [
    {
      verb: 'update',
      kind: 'server',
      key: 'web-1',
      wave: 0,
      files: [],
      restarts: ['web.service'],
      stateful: false,
      protect: false,
      source: { path: 'servers.yaml' },
    },
  ],
  dangers: [{ code: 'Stateful', unit: 'server:web-1', message: 'It holds state.', confirm: false }],
  guard: { taken: 0, total: 1, allowed: 1, tripped: false },
};

/** Only marks or rules change in it. */
export const emptyPlan: Plan = { ...samplePlan, actions: [], dangers: [] };
