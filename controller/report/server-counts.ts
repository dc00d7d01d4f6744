import { serverStates } from '../model/server-status.ts';

/** Servers by state, every state present so that gauges fall back to zero. */
export type ServerCounts = Readonly<Record<string, number>>;

export function countServers(servers: readonly { readonly state: string }[]): ServerCounts {
  const counts: Record<string, number> = Object.fromEntries(serverStates.map((state) => [state, 0]));
  for (const { state } of servers) counts[state] = (counts[state] ?? 0) + 1;
  return counts;
}
