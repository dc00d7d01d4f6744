import type { DroverEvent } from '../model/event.ts';

/** Where things that happened are told: `events.ndjson`, and whoever listens. */
export interface EventSink {
  emit(event: Omit<DroverEvent, 'time' | 'by'>): void;
}
