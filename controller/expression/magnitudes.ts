import type { Json } from '../model/json.ts';
import type { Magnitudes } from './check-expression.ts';
import type { Scope } from './scope.ts';

/** The longest list and the longest text that expressions of this environment can reach. */
export function magnitudesOf(scope: Scope): Magnitudes {
  const servers = scope.servers?.() ?? [];
  const found = { listLength: servers.length, textLength: 0 };
  measure(scope.vars, found);
  for (const server of servers) measure(server, found);
  return found;
}

function measure(value: Json, found: { listLength: number; textLength: number }): void {
  if (typeof value === 'string') found.textLength = Math.max(found.textLength, value.length);
  if (typeof value !== 'object' || value === null) return;
  const items = Object.values(value);
  found.listLength = Math.max(found.listLength, items.length);
  for (const item of items) measure(item, found);
}
