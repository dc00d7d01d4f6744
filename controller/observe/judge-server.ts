import { compareOrder, formatOrder } from '../model/order.ts';
import type { NodeReport, NodeState } from '../model/payload.ts';
import type { SentPayload, ServerState, ServerStatus } from '../model/server-status.ts';
import type { NodeFacts, SeenPayload } from './read-node.ts';

export interface JudgeInput {
  readonly server: string;
  /** What lies in its key. */
  readonly sent: SentPayload | undefined;
  /** `undefined`: it could not be asked, or no agent has ever written there. */
  readonly facts: NodeFacts | undefined;
  readonly report: NodeReport | undefined;
  /** By the controller's clock. */
  readonly nowMs: number;
  /** The agent's own; three of them without a heartbeat make a silent server. */
  readonly intervalMs: number;
  readonly deadlineMs: number;
}

type Verdict = readonly [state: ServerState, message: string];

/**
 * What a server's own metrics say against what was sent to it. Pure. Its state counts only for the payload in its key;
 * freshness compares two times of one scrape, so that clocks need not agree. Source: decisions 9, 13, 17.
 */
export function judgeServer(input: JudgeInput): ServerStatus {
  const { server, sent, facts } = input;
  const [state, message] = judge(input);
  return {
    server,
    state,
    message,
    hash: sent?.hash ?? '',
    ...(sent === undefined ? {} : { order: formatOrder(sent.order), issuedAt: sent.issuedAt }),
    ...(facts === undefined || facts.appliedAt === 0
      ? {}
      : { appliedAt: Math.round(input.nowMs - (facts.now - facts.appliedAt)) }),
  };
}

function judge(input: JudgeInput): Verdict {
  const { facts, sent, intervalMs } = input;
  if (facts === undefined) return judgeSilent(input, 'its metrics can not be read');
  const staleMs = facts.now - facts.heartbeatAt;
  if (staleMs > 3 * intervalMs) {
    return judgeSilent(input, `its agent has been quiet for ${Math.round(staleMs / 1000)} s`);
  }
  if (sent === undefined) return ['pending', 'nothing was sent to it yet'];
  return isSame(facts.seen, sent) ? judgeTaken(input, facts, sent) : judgeUntaken(input, facts.seen, sent);
}

/** One that falls silent with the payload in its hands has failed; any other is only away. */
function judgeSilent({ sent, facts, report, nowMs, intervalMs }: JudgeInput, why: string): Verdict {
  if (sent === undefined) return ['silent', why];
  // A single scrape that fails is no news of a payload that was sent a moment ago.
  if (nowMs - sent.issuedAt <= 3 * intervalMs) return ['sent', `${why}; its payload was sent just now`];
  const reported = isReported(report, sent) ? report?.state : undefined;
  const state = isSame(facts?.seen, sent) ? facts?.state : reported;
  const isInHands = state === 'applying' || state === 'confirming';
  return isInHands ? ['failed', `fell silent while it was ${state} its payload: ${why}`] : ['silent', why];
}

function judgeUntaken(input: JudgeInput, seen: SeenPayload | undefined, sent: SentPayload): Verdict {
  const { report } = input;
  if (report?.state === 'rejected' && isReported(report, sent)) return ['rejected', report.error];
  if (seen?.order !== undefined && compareOrder(seen.order, sent.order) > 0) {
    const [had, got] = [formatOrder(seen.order), formatOrder(sent.order)];
    return ['rejected', `it has taken order ${had}, above ${got}: the history was rewritten`];
  }
  return overdue(input, sent) ?? ['sent', 'has not taken its payload yet'];
}

/** What the agent's end states mean, with the words for a server that gives none. */
const endings: ReadonlyMap<NodeState, Verdict> = new Map<NodeState, Verdict>([
  ['failed', ['failed', 'its payload failed']],
  ['reverted', ['failed', 'its payload failed and was put back']],
  // The agent holds where a unit can't go back: a failure that a person has to look at.
  ['held', ['failed', 'its payload failed, and a unit that can not go back holds']],
  ['rejected', ['rejected', 'it refuses what lies in its key']],
  ['waiting', ['waiting', 'waits for a secret that does not exist yet']],
]);

function judgeTaken(input: JudgeInput, facts: NodeFacts, sent: SentPayload): Verdict {
  if (facts.state === 'applied') return judgeApplied(facts, sent);
  const ending = facts.state === undefined ? undefined : endings.get(facts.state);
  if (ending === undefined) {
    return overdue(input, sent) ?? ['applying', `its agent is ${facts.state ?? 'starting'}`];
  }
  const { report } = input;
  const said = isReported(report, sent) ? report?.error : undefined;
  return [ending[0], said || ending[1]];
}

function judgeApplied(facts: NodeFacts, sent: SentPayload): Verdict {
  if (!isSame(facts.applied, sent)) return ['applying', 'its agent has not confirmed the payload yet'];
  if (facts.bootedAt > facts.verifiedAt) return ['rebooted', 'rebooted and not yet verified'];
  if (facts.driftCount > 0) return ['drifted', `${facts.driftCount} files or units are not as applied`];
  return ['converged', 'applied and healthy'];
}

function overdue({ nowMs, deadlineMs }: JudgeInput, sent: SentPayload): Verdict | undefined {
  if (nowMs - sent.issuedAt <= deadlineMs) return undefined;
  return ['failed', `not applied within ${Math.round(deadlineMs / 1000)} s`];
}

function isSame(seen: SeenPayload | undefined, sent: SentPayload): boolean {
  return seen !== undefined && seen.hash === sent.hash && seen.attempt === sent.attempt;
}

/** A refusal of an earlier value of the key must not be taken for one of this. */
function isReported(report: NodeReport | undefined, sent: SentPayload): boolean {
  if (report === undefined || report.hash !== sent.hash || report.attempt !== sent.attempt) return false;
  return report.state !== 'rejected' || report.order === formatOrder(sent.order);
}
