import type { EnvironmentView } from '../report/environment-view.ts';

/** Environments as a person reads them: the verdict first, then what is not as it should be. */
export function statusText(views: readonly EnvironmentView[]): string {
  if (views.length === 0) return 'no environment is known yet\n';
  return views.map(environmentText).join('\n');
}

function environmentText(view: EnvironmentView): string {
  const revision = view.revision === undefined ? 'nothing merged yet' : `at ${view.revision.slice(0, 12)}`;
  const lines = [`${view.name}  ${revision}${view.pull === undefined ? '' : `  ${view.pull.url}`}`];
  for (const { type, status, reason, message } of view.conditions) {
    lines.push(`  ${type.padEnd(12)} ${status.padEnd(8)} ${reason.padEnd(20)} ${message}`);
  }
  for (const { server, state, message } of view.servers) {
    lines.push(`  server ${server.padEnd(20)} ${state.padEnd(12)} ${message}`.trimEnd());
  }
  for (const { unit, state, message } of view.units) {
    if (!['equal', 'healthy'].includes(state))
      lines.push(`  ${unit.padEnd(27)} ${state.padEnd(12)} ${message}`);
  }
  return `${lines.join('\n')}\n`;
}
