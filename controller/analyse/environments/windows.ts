import { isTimeZone, nextMatch, parseCron } from '../../kinds/cron.ts';
import type { EnvironmentSpec } from '../../kinds/project/schema.ts';
import { durationMs } from '../../kinds/quantity.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Rule } from '../rule.ts';
import { canOpen, type WindowTimes } from './can-open.ts';
import { environmentCodes } from './environment-codes.ts';
import { type OwnEnvironment, ownEnvironment } from './own-environment.ts';

type Window = NonNullable<EnvironmentSpec['windows']>[number];

/** Windows can be read, and leave some time open. */
export const windows: Rule = (fleet) => {
  const own = ownEnvironment(fleet);
  if (own?.spec.windows === undefined) return [];
  const each = own.spec.windows.flatMap((window, index) => checkWindow(own, window, index));
  // What can't be read is told; nothing follows from it.
  return each.length > 0 ? each : closed(own, own.spec.windows);
};

function checkWindow({ find }: OwnEnvironment, window: Window, index: number): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const field of ['allow', 'deny'] as const) {
    const written = window[field];
    if (written === undefined) continue;
    const at = ['windows', index, field];
    const read = parseCron(written);
    if (!read.ok) found.push(find(environmentCodes.cron, at, read.message, { hint: read.hint }));
    else if (nextMatch(read.cron, 0) === undefined) {
      const message = `"${written}" is a day that never comes`;
      found.push(find(environmentCodes.windowNever, at, message));
    }
  }
  const { timezone } = window;
  if (timezone !== undefined && !isTimeZone(timezone)) {
    const message = `there is no time zone ${timezone}`;
    found.push(find(environmentCodes.timeZone, ['windows', index, 'timezone'], message));
  }
  return found;
}

/** Windows that open by themselves, and others that close all of it again. */
function closed({ find, name }: OwnEnvironment, written: readonly Window[]): readonly Diagnostic[] {
  const zones = new Set(written.map(({ timezone = 'UTC' }) => timezone));
  // How zones lie to each other changes over the year: across them only what is denied all the time is certain.
  const isOpen =
    zones.size > 1
      ? [...zones].every((zone) => canOpen({ allow: [], deny: timesOf(inZone(written, zone), 'deny') }))
      : canOpen({ allow: timesOf(written, 'allow'), deny: timesOf(written, 'deny') });
  if (isOpen) return [];
  const message = `${name} never opens: what is denied covers all that is allowed`;
  return [find(environmentCodes.windowNever, ['windows'], message, { part: 'key' })];
}

function inZone(written: readonly Window[], zone: string): readonly Window[] {
  return written.filter(({ timezone = 'UTC' }) => timezone === zone);
}

function timesOf(written: readonly Window[], field: 'allow' | 'deny'): readonly WindowTimes[] {
  return written.flatMap((window) => {
    const read = parseCron(window[field] ?? '');
    const lasts = durationMs(window.for);
    return read.ok && lasts.ok ? [{ cron: read.cron, lastsMs: lasts.value }] : [];
  });
}
