import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';
import type { DroverEvent } from '../../model/event.ts';
import type { Clock } from '../../ports/clock.ts';
import type { EventSink } from '../../ports/events.ts';

const largestBytes = 64 * 1024 * 1024;

/**
 * Appends events to an NDJSON file, one line each. Synchronous on purpose: a line stands before the act it tells of is
 * reported, whatever kills the process next. At 64 MiB the file moves to `<file>.1`.
 */
export function createEventLog(options: {
  readonly file: string;
  readonly by: string;
  readonly clock: Clock;
  readonly onEvent?: (event: DroverEvent) => void;
}): EventSink {
  mkdirSync(path.dirname(options.file), { recursive: true });
  return {
    emit(event) {
      const complete = { time: new Date(options.clock.now()).toISOString(), by: options.by, ...event };
      rotate(options.file);
      appendFileSync(options.file, `${JSON.stringify(complete)}\n`);
      options.onEvent?.(complete);
    },
  };
}

function rotate(file: string): void {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size >= largestBytes) renameSync(file, `${file}.1`);
}
