import type { Action, Plan } from '../../model/plan.ts';
import { codeSpan } from '../inert.ts';
import { actionsOf, areas } from './areas.ts';
import { counted, listed } from './counting.ts';

const changeWords: Readonly<Record<Action['verb'], readonly [string, string]>> = {
  create: ['is added', 'are added'],
  update: ['changes', 'change'],
  replace: ['is replaced', 'are replaced'],
  delete: ['is deleted', 'are deleted'],
};

/** `12 servers change · 1 job is deleted · 1 quorum member restarts`: numbers of things, not of files. */
export function counterWords({ actions, dangers }: Plan): readonly string[] {
  const changes = areas.flatMap(({ area, noun }) => {
    const found = actionsOf(actions, area);
    return (['create', 'update', 'replace', 'delete'] as const).flatMap((verb) => {
      const count = found.filter((action) => action.verb === verb).length;
      const [one, many] = changeWords[verb];
      return count === 0 ? [] : [`${counted(count, noun)} ${count === 1 ? one : many}`];
    });
  });
  const quorum = dangers.filter(({ code }) => code === 'QuorumRestart').length;
  const once = dangers.filter(({ code }) => code === 'RunsOnce').length;
  return [
    ...changes,
    ...(quorum === 0 ? [] : [`${counted(quorum, 'quorum member')} ${quorum === 1 ? 'restarts' : 'restart'}`]),
    ...(once === 0 ? [] : [`${counted(once, 'migration')} ${once === 1 ? 'runs' : 'run'}`]),
  ];
}

/** What is added, changed and deleted, and what restarts, by area. */
export function counterTable({ actions }: Plan): string {
  const rows = areas.map(({ area, title }) => {
    const found = actionsOf(actions, area);
    const count = (...verbs: readonly Action['verb'][]) =>
      found.filter(({ verb }) => verbs.includes(verb)).length;
    const restarts = area === 'servers' ? serverRestarts(found) : allocationRestarts(found);
    const counts = [count('create'), count('update', 'replace'), count('delete')];
    return `| ${title} | ${counts.join(' | ')} | ${restarts} |`;
  });
  return ['| | add | change | delete | what restarts |', '|---|--:|--:|--:|---|', ...rows].join('\n');
}

function serverRestarts(actions: readonly Action[]): string {
  const countByUnit = new Map<string, number>();
  for (const unit of actions.flatMap(({ restarts }) => restarts)) {
    countByUnit.set(unit, (countByUnit.get(unit) ?? 0) + 1);
  }
  const words = [...countByUnit]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([unit, count]) => `${codeSpan(unit)} on ${counted(count, 'server')}`);
  return listed(words, 6);
}

function allocationRestarts(actions: readonly Action[]): string {
  const words = actions.flatMap(({ key, restarts }) =>
    restarts.map((restart) => `${codeSpan(key)}: ${codeSpan(restart)}`),
  );
  return listed(words, 6);
}
