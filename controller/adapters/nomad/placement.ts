import { UnavailableError } from '../../model/errors.ts';
import type { Allocation, ClusterNode, Deployment, Evaluation, Placement } from '../../ports/placement.ts';
import type { NomadAnswer, NomadClient } from './client.ts';
import { count, record, records, segment, text } from './client.ts';
import { describeFailures } from './placement-failures.ts';

type Fields = Readonly<Record<string, unknown>>;

const newestEvents = 3;
const eventLimit = 300;

/** What became of a job, read from Nomad's HTTP API. */
export function createPlacement(client: NomadClient): Placement {
  return {
    async evaluation(id, signal) {
      const answer = await client.read(`/v1/evaluation/${segment(id)}`, {}, signal);
      return answer === undefined ? undefined : evaluation(record(answer.body));
    },
    async evaluations(ref, signal) {
      const path = `/v1/job/${segment(ref.id)}/evaluations`;
      const answer = await client.read(path, { namespace: ref.namespace }, signal);
      const newestFirst = [...records(answer?.body)].sort(
        (a, b) => count(b['CreateIndex']) - count(a['CreateIndex']),
      );
      return newestFirst.map(evaluation);
    },
    async deployment(ref, jobVersion, signal) {
      const path = `/v1/job/${segment(ref.id)}/deployments`;
      // The list is not ordered by version, and may hold those of an earlier job of the same name.
      const answer = await client.read(path, { namespace: ref.namespace, all: false }, signal);
      const found = records(answer?.body)
        .filter((item) => count(item['JobVersion']) === jobVersion)
        .sort((a, b) => count(b['CreateIndex']) - count(a['CreateIndex']));
      return found[0] === undefined ? undefined : deployment(found[0]);
    },
    async allocations(ref, signal) {
      const path = `/v1/job/${segment(ref.id)}/allocations`;
      const answer = await client.read(path, { namespace: ref.namespace, all: false }, signal);
      return records(answer?.body).map(allocation);
    },
    async nodes(signal) {
      const answer = await client.read('/v1/nodes', {}, signal);
      return records(present(answer, 'nodes').body).map(node);
    },
  };
}

function present(answer: NomadAnswer | undefined, what: string): NomadAnswer {
  if (answer === undefined) throw new UnavailableError(`Nomad answered 404 to the list of ${what}`);
  return answer;
}

function evaluation(item: Fields): Evaluation {
  return {
    id: text(item['ID']),
    status: text(item['Status']) as Evaluation['status'],
    blockedEval: text(item['BlockedEval']),
    nextEval: text(item['NextEval']),
    failures: describeFailures(item['FailedTGAllocs']),
    message: text(item['StatusDescription']),
    jobModifyIndex: count(item['JobModifyIndex']),
  };
}

function deployment(item: Fields): Deployment {
  const groups = Object.values(record(item['TaskGroups'])).map(record);
  return {
    id: text(item['ID']),
    jobVersion: count(item['JobVersion']),
    status: text(item['Status']),
    description: text(item['StatusDescription']),
    requiresPromotion: groups.some(
      (group) => count(group['DesiredCanaries']) > 0 && group['Promoted'] !== true,
    ),
  };
}

function allocation(item: Fields): Allocation {
  const healthy = record(item['DeploymentStatus'])['Healthy'];
  return {
    id: text(item['ID']),
    name: text(item['Name']),
    group: text(item['TaskGroup']),
    nodeId: text(item['NodeID']),
    nodeName: text(item['NodeName']),
    jobVersion: count(item['JobVersion']),
    clientStatus: text(item['ClientStatus']) as Allocation['clientStatus'],
    desiredStatus: text(item['DesiredStatus']),
    ...(typeof healthy === 'boolean' ? { healthy } : {}),
    events: taskEvents(record(item['TaskStates'])),
    createIndex: count(item['CreateIndex']),
    ...(text(item['FollowupEvalID']) === '' ? {} : { willRetry: true }),
  };
}

function taskEvents(states: Fields): readonly string[] {
  const all = Object.keys(states).flatMap((task) =>
    records(record(states[task])['Events']).map((event) => ({ task, event })),
  );
  const oldestFirst = all.sort((a, b) => count(a.event['Time']) - count(b.event['Time']));
  return oldestFirst.slice(-newestEvents).map(({ task, event }) => {
    const words = text(event['DisplayMessage']).replaceAll(/\s+/g, ' ').trim();
    return `${task}: ${text(event['Type'])}${words === '' ? '' : `: ${words}`}`.slice(0, eventLimit);
  });
}

function node(item: Fields): ClusterNode {
  return {
    id: text(item['ID']),
    name: text(item['Name']),
    status: text(item['Status']),
    eligible: text(item['SchedulingEligibility']) === 'eligible',
  };
}
