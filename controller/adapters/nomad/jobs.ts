import { UnavailableError } from '../../model/errors.ts';
import type { JsonObject } from '../../model/json.ts';
import { isJsonObject } from '../../model/json.ts';
import type { JobPlan, JobRef, JobStub, Jobs, LiveJob } from '../../ports/jobs.ts';
import type { NomadClient } from './client.ts';
import { count, record, records, segment, text } from './client.ts';
import { stripServerFields } from './parsed-job.ts';
import { describeFailures } from './placement-failures.ts';

const pageSize = 500;
const maxPages = 200;

/** Nomad's jobs over its HTTP API. */
export function createJobs(client: NomadClient): Jobs {
  return {
    async read(ref, signal) {
      const answer = await client.read(jobPath(ref), { namespace: ref.namespace }, signal);
      return answer === undefined ? undefined : liveJob(ref, answer.body);
    },
    async versions(ref, signal) {
      const answer = await client.read(jobPath(ref, 'versions'), { namespace: ref.namespace }, signal);
      return records(record(answer?.body)['Versions']).map((job) => liveJob(ref, job));
    },
    list: (request, signal) => listJobs(client, request, signal),
    async plan(ref, spec, signal) {
      const body = { Job: sent(ref, spec), Diff: true };
      const query = { namespace: ref.namespace };
      const answer = await client.send({ method: 'POST', path: jobPath(ref, 'plan'), query, body }, signal);
      return jobPlan(answer.body);
    },
    async register({ ref, spec, enforceIndex, submission }, signal) {
      const body = {
        Job: sent(ref, spec),
        EnforceIndex: true,
        JobModifyIndex: enforceIndex,
        // Without it Nomad attaches the source of version 0 to the new version, and its page shows stale text.
        Submission: { Source: submission.source, Format: submission.format, Variables: submission.variables },
      };
      const query = { namespace: ref.namespace };
      const answer = await client.send({ method: 'POST', path: '/v1/jobs', query, body }, signal);
      // The reply's JobModifyIndex is another index when nothing changed: only a later read gives the token.
      const reply = record(answer.body);
      return { evaluationId: text(reply['EvalID']), warnings: warnings(reply['Warnings']) };
    },
    async deregister(ref, { purge }, signal) {
      const query = { namespace: ref.namespace, purge };
      await client.send({ method: 'DELETE', path: jobPath(ref), query }, signal);
    },
  };
}

function jobPath(ref: JobRef, part?: 'plan' | 'versions'): string {
  return `/v1/job/${segment(ref.id)}${part === undefined ? '' : `/${part}`}`;
}

function sent(ref: JobRef, spec: JsonObject): JsonObject {
  return { ...stripServerFields(spec), ID: ref.id, Namespace: ref.namespace, Stop: false };
}

function liveJob(ref: JobRef, body: unknown): LiveJob {
  if (!isJsonObject(body)) throw new UnavailableError(`Nomad answered no job for ${ref.namespace}/${ref.id}`);
  return {
    ref,
    spec: body,
    jobModifyIndex: count(body['JobModifyIndex']),
    version: count(body['Version']),
    stopped: body['Stop'] === true,
    status: text(body['Status']),
    submittedAtMs: Math.floor(count(body['SubmitTime']) / 1e6),
  };
}

async function listJobs(
  client: NomadClient,
  request: { index: number; waitMs: number },
  signal: AbortSignal,
): Promise<{ jobs: readonly JobStub[]; index: number }> {
  const jobs: JobStub[] = [];
  let wait = request.index > 0 ? { index: request.index, wait: `${request.waitMs}ms` } : {};
  let index: number | undefined;
  let nextToken: string | undefined;
  for (let page = 0; page < maxPages; page += 1) {
    const query = { namespace: '*', per_page: pageSize, next_token: nextToken, ...wait };
    const answer = await client.read('/v1/jobs', query, signal);
    // Never an empty list: the caller would take it for "no jobs".
    if (answer === undefined) throw new UnavailableError('Nomad answered 404 to the list of jobs');
    jobs.push(...records(answer.body).map(jobStub));
    // The first page's index: a job that changes while later pages are read wakes the next call.
    index ??= answer.index;
    nextToken = answer.nextToken;
    if (nextToken === undefined) return { jobs, index };
    wait = {};
  }
  throw new UnavailableError(`Nomad lists more than ${maxPages * pageSize} jobs`);
}

function jobStub(stub: Readonly<Record<string, unknown>>): JobStub {
  const namespace = text(stub['Namespace']);
  const id = text(stub['ID']);
  return {
    namespace,
    id,
    ref: { namespace, id },
    parentId: text(stub['ParentID']),
    jobModifyIndex: count(stub['JobModifyIndex']),
    stopped: stub['Stop'] === true,
    type: text(stub['Type']),
  };
}

function jobPlan(body: unknown): JobPlan {
  const plan = record(body);
  const updates = record(record(plan['Annotations'])['DesiredTGUpdates']);
  return {
    diffType: text(record(plan['Diff'])['Type']),
    updates: Object.keys(updates)
      .sort()
      .map((group) => describeUpdates(group, record(updates[group])))
      .filter((line) => line !== ''),
    warnings: warnings(plan['Warnings']),
    failures: describeFailures(plan['FailedTGAllocs']),
  };
}

const updateWords: readonly (readonly [string, string])[] = [
  ['Place', 'create'],
  ['Stop', 'stop'],
  ['Migrate', 'migrate'],
  ['InPlaceUpdate', 'in-place update'],
  ['DestructiveUpdate', 'create/destroy update'],
  ['Canary', 'canary'],
  ['Preemptions', 'preempt'],
];

function describeUpdates(group: string, updates: Readonly<Record<string, unknown>>): string {
  const parts = updateWords
    .filter(([field]) => count(updates[field]) > 0)
    .map(([field, words]) => `${words} ${count(updates[field])}`);
  return parts.length === 0 ? '' : `${group}: ${parts.join(', ')}`;
}

// Nomad sends one text: "2 warnings:\n\n* first\n* second".
function warnings(value: unknown): readonly string[] {
  const lines = text(value)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !/^\d+ warnings?( occurred)?:$/.test(line));
  return lines.map((line) => line.replace(/^\* ?/, ''));
}
