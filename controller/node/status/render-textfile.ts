import { formatOrder } from '../../model/order.ts';
import type { NodeState } from '../../model/payload.ts';
import type { PayloadId } from '../journal/state.ts';
import { type AgentStatus, shownState } from './agent-status.ts';

type Labels = Readonly<Record<string, string>>;

const states: readonly NodeState[] = [
  'pending',
  'applying',
  'confirming',
  'waiting',
  'applied',
  'failed',
  'reverted',
  'rejected',
  'held',
];

/** `drover.prom` for node_exporter's textfile collector, in Prometheus' text format. */
export function renderTextfile(status: AgentStatus): string {
  const { journal } = status;
  const shown = shownState(status);
  const info = [
    ...infoOf('seen', journal.last, status.environment),
    // What still waits for a secret is not applied, though its other files are there.
    ...infoOf(
      'applied',
      journal.applied?.manifest.waiting.length === 0 ? journal.applied : undefined,
      status.environment,
    ),
  ];
  const seconds = (ms: number) => [sample({}, ms / 1000)];
  return [
    metric('info', 'gauge', 'Payloads that this server has seen and applied.', info),
    metric(
      'state',
      'gauge',
      "1 for the agent's state, 0 for the others.",
      states.map((state) => sample({ state }, state === shown ? 1 : 0)),
    ),
    metric('heartbeat_timestamp_seconds', 'gauge', 'When the agent last ran.', seconds(status.heartbeatAt)),
    metric(
      'verified_timestamp_seconds',
      'gauge',
      'When managed files and units were last compared.',
      seconds(status.verifiedAt),
    ),
    metric(
      'applied_timestamp_seconds',
      'gauge',
      'When the applied payload was confirmed.',
      seconds(journal.applied?.appliedAt ?? 0),
    ),
    metric('drifted_files', 'gauge', 'Managed paths and units that are not as applied.', [
      sample({}, status.driftCount),
    ]),
    metric(
      'rejected_total',
      'counter',
      'Payloads refused since the agent started.',
      Object.entries(status.rejectedCounts).map(([reason, count]) => sample({ reason }, count)),
    ),
    metric('boot_id_info', 'gauge', 'The boot that the agent runs in.', [
      sample({ boot_id: status.bootId }, 1),
    ]),
  ].join('');
}

function infoOf(
  phase: 'seen' | 'applied',
  payload: PayloadId | undefined,
  environment: string,
): readonly string[] {
  if (payload === undefined) return [];
  const { hash, attempt, order, revision } = payload;
  const labels = { phase, hash, order: formatOrder(order), attempt: String(attempt), revision, environment };
  return [sample(labels, 1)];
}

function metric(name: string, type: 'gauge' | 'counter', help: string, samples: readonly string[]): string {
  const full = `drover_l1_${name}`;
  if (samples.length === 0) return '';
  return [
    `# HELP ${full} ${help}`,
    `# TYPE ${full} ${type}`,
    ...samples.map((line) => `${full}${line}`),
    '',
  ].join('\n');
}

function sample(labels: Labels, value: number): string {
  const pairs = Object.entries(labels).map(([name, text]) => `${name}="${escapeLabel(text)}"`);
  return `${pairs.length === 0 ? '' : `{${pairs.join(',')}}`} ${value}`;
}

/** Prometheus' text format: backslash, quote and line feed are escaped in label values, nothing else. */
function escapeLabel(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}
