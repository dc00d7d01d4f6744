/** A signal that aborts after some milliseconds, and keeps the process up until then: the timer of AbortSignal.timeout does not. */
export function impatient(waitMs: number): AbortSignal {
  const patience = new AbortController();
  setTimeout(() => patience.abort(new Error('enough')), waitMs);
  return patience.signal;
}
