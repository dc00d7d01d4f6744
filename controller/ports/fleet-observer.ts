import type { SentPayload, ServerStatus } from '../model/server-status.ts';

export interface ObservedServer {
  readonly server: string;
  readonly address: string;
  /** `undefined`: nothing lies in its key. */
  readonly sent: SentPayload | undefined;
}

export interface ObserveRequest {
  readonly environment: string;
  readonly servers: readonly ObservedServer[];
  /** A payload that is not applied this long after it was issued counts as failed. */
  readonly deadlineMs: number;
}

/** Asks the servers themselves how they are. */
export interface FleetObserver {
  /** One status a server, judged against what lies in its key. A server that can't be asked is `silent`, never an error. */
  observe(request: ObserveRequest, signal: AbortSignal): Promise<ReadonlyMap<string, ServerStatus>>;
}
