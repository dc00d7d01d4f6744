import type { RolloutRules } from '../../model/environment.ts';
import type { Action, Plan } from '../../model/plan.ts';
import { codeSpan } from '../inert.ts';
import { actionsOf } from './areas.ts';
import { counted, listed } from './counting.ts';

interface Step {
  readonly does: string;
  readonly stopsIf: string;
}

const shownKeys = 6;

/** The order after the merge and where it stops; left out when there is only one step. */
export function afterMergeSection(plan: Plan, rollout: RolloutRules | undefined): readonly string[] {
  if (rollout === undefined) return [];
  const steps = [...serverSteps(plan, rollout), ...waveSteps(plan), ...removalSteps(plan)];
  if (steps.length < 2) return [];
  const rows = steps.map(({ does, stopsIf }, index) => `| ${index + 1} | ${does} | ${stopsIf} |`);
  const table = ['| # | step | stops if |', '|--:|---|---|', ...rows].join('\n');
  return ['#### After the merge', table, `Go back: ${codeSpan(`drover rollback ${plan.environment}`)}.`];
}

function serverSteps(plan: Plan, rollout: RolloutRules): readonly Step[] {
  const servers = actionsOf(plan.actions, 'servers').filter(({ verb }) => verb !== 'delete');
  if (servers.length === 0) return [];
  const canary = rollout.canary === undefined ? '' : 'canaries first, then ';
  const pace = `${canary}at most ${rollout.maxUnavailable} at a time`;
  const confirm = `no contact within ${minutes(rollout.confirmTimeoutMs)}`;
  const failures = counted(rollout.stopAfterFailures, 'failure');
  return [
    {
      does: `${counted(servers.length, 'server')}, ${pace}`,
      stopsIf: `${failures}; a server with ${confirm} goes back by itself`,
    },
  ];
}

function waveSteps({ actions }: Plan): readonly Step[] {
  const written = actions.filter(({ kind, verb }) => kind !== 'server' && verb !== 'delete');
  const waves = [...new Set(written.map(({ wave }) => wave))].sort((a, b) => a - b);
  return waves.map((wave) => ({
    does: namesOf(written.filter((action) => action.wave === wave)),
    stopsIf: 'one is not healthy by its deadline',
  }));
}

function removalSteps({ actions }: Plan): readonly Step[] {
  const removed = actions.filter(({ verb }) => verb === 'delete');
  return removed.length === 0 ? [] : [{ does: `takes down ${namesOf(removed)}`, stopsIf: '' }];
}

function namesOf(actions: readonly Action[]): string {
  return listed(
    actions.map(({ key }) => codeSpan(key)),
    shownKeys,
  );
}

function minutes(ms: number): string {
  return ms % 60_000 === 0 ? counted(ms / 60_000, 'minute') : counted(Math.round(ms / 1000), 'second');
}
