import { type Order, parseOrder } from '../model/order.ts';
import type { NodeState } from '../model/payload.ts';
import type { Sample } from '../ports/metrics.ts';

/** Names one payload as a server's metrics do. */
export interface SeenPayload {
  readonly hash: string;
  readonly attempt: number;
  readonly order: Order | undefined;
}

/** What one scrape says of a server. All times in milliseconds since 1970, by the server's own clock. */
export interface NodeFacts {
  readonly now: number;
  readonly bootedAt: number;
  readonly heartbeatAt: number;
  readonly verifiedAt: number;
  readonly appliedAt: number;
  readonly state: NodeState | undefined;
  readonly seen: SeenPayload | undefined;
  readonly applied: SeenPayload | undefined;
  readonly driftCount: number;
}

/** `undefined` when the agent or the `time` collector is missing: then nothing can be said. */
export function readNode(samples: readonly Sample[], environment: string): NodeFacts | undefined {
  const valueOf = (name: string) => samples.find((sample) => sample.name === name)?.value;
  const millis = (name: string) => (valueOf(name) ?? 0) * 1000;
  const heartbeat = valueOf('drover_l1_heartbeat_timestamp_seconds');
  const now = valueOf('node_time_seconds');
  if (heartbeat === undefined || now === undefined) return undefined;
  const info = (phase: string) =>
    samples.find(
      ({ name, labels }) =>
        name === 'drover_l1_info' && labels['phase'] === phase && labels['environment'] === environment,
    );
  const state = samples.find((sample) => sample.name === 'drover_l1_state' && sample.value === 1);
  return {
    now: now * 1000,
    bootedAt: millis('node_boot_time_seconds'),
    heartbeatAt: heartbeat * 1000,
    verifiedAt: millis('drover_l1_verified_timestamp_seconds'),
    appliedAt: millis('drover_l1_applied_timestamp_seconds'),
    state: state?.labels['state'] as NodeState | undefined,
    seen: toPayload(info('seen')),
    applied: toPayload(info('applied')),
    driftCount: valueOf('drover_l1_drifted_files') ?? 0,
  };
}

function toPayload(sample: Sample | undefined): SeenPayload | undefined {
  const hash = sample?.labels['hash'];
  if (hash === undefined) return undefined;
  const attempt = Number(sample?.labels['attempt'] ?? 0);
  return { hash, attempt, order: parseOrder(sample?.labels['order'] ?? '') };
}
