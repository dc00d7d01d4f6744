import { ConflictError, UsageError } from '../model/errors.ts';
import { isJsonObject } from '../model/json.ts';
import { consulKeys } from '../model/payload.ts';
import { readConvergences, recordPaths } from '../review/proposal-record.ts';
import type { EnvironmentContext } from './environment-context.ts';
import { readHeads } from './repository.ts';
import { endRollback, findActiveRollback, rollbackName } from './rollback-state.ts';

/** A person asks for the tree of an earlier live commit. It goes on the record; the proposal follows from there. */
export async function requestRollback(
  context: EnvironmentContext,
  body: unknown,
  signal: AbortSignal,
): Promise<{ readonly message: string }> {
  const { name, repository } = context;
  await requireLeading(context, signal);
  const { to, by, reason } = readRequest(body);
  const commit = await findLiveCommit(context, to, signal);
  const at = new Date(repository.clock.now()).toISOString();
  const record = { commit, by, at };
  await repository.record.append(new Map([[recordPaths.rollback(name, rollbackName(at)), record]]), signal);
  const why = reason === '' ? '' : `: ${reason}`;
  const message = `rollback of ${name} to ${commit.slice(0, 10)} asked for by ${by}${why}`;
  repository.events.emit({
    kind: 'RollbackProposed',
    environment: name,
    key: name,
    revision: commit,
    message,
  });
  context.wake('proposal');
  return { message: `${message}; the proposal follows as a pull request` };
}

/** Proposals follow the definitions again. */
export async function releaseRollback(
  context: EnvironmentContext,
  signal: AbortSignal,
): Promise<{ readonly message: string }> {
  const { name, repository } = context;
  await requireLeading(context, signal);
  const active = await findActiveRollback(repository.record, name, signal);
  if (active === undefined) return { message: `${name} has no rollback to release` };
  await endRollback(repository, { environment: name, rollback: active }, signal);
  const message = `rollback of ${name} to ${active.commit.slice(0, 10)} released`;
  repository.events.emit({
    kind: 'Released',
    environment: name,
    key: name,
    revision: active.commit,
    message,
  });
  context.wake('proposal');
  return { message };
}

/** A controller that was started a moment ago does not know yet whether it leads. */
async function requireLeading(
  { name, leadership, cluster }: EnvironmentContext,
  signal: AbortSignal,
): Promise<void> {
  await leadership.decided(signal);
  if (leadership.isLeading()) return;
  const lease = await cluster.kv.get(consulKeys.lease(name), signal);
  const leader = Buffer.from(lease?.value ?? []).toString('utf8') || 'another controller';
  throw new ConflictError(`${leader} leads ${name}`, {
    hint: 'Ask that one; where it has ended, this one takes over within half a minute.',
  });
}

interface RollbackRequest {
  readonly to: string;
  readonly by: string;
  readonly reason: string;
}

function readRequest(body: unknown): RollbackRequest {
  const fields = isJsonObject(body) ? body : {};
  const { to, by, reason } = fields;
  if (typeof to !== 'string' || !/^[0-9a-f]{7,64}$/.test(to)) {
    throw new UsageError('--to takes a commit id of at least 7 hex digits');
  }
  return {
    to,
    by: typeof by === 'string' && by !== '' ? by.slice(0, 100) : 'unknown',
    reason: typeof reason === 'string' ? reason.slice(0, 500) : '',
  };
}

/** Only what has converged here may be gone back to: nobody knows whether anything else ever worked. */
async function findLiveCommit(
  { name, repository }: EnvironmentContext,
  prefix: string,
  signal: AbortSignal,
): Promise<string> {
  const { records } = await readConvergences(repository.record, name, signal);
  const matching = records.filter(({ commit }) => commit.startsWith(prefix));
  const [only] = matching;
  if (only === undefined || matching.length > 1) {
    const why = only === undefined ? 'is no commit that has converged here' : 'means several commits';
    throw new UsageError(`${prefix} ${why}`, { hint: `git log env/${name} lists the live commits.` });
  }
  const { live } = await readHeads(repository, name, signal);
  const isBelow = live !== null && (await repository.objects.isAncestor(only.commit, live, signal));
  if (!isBelow) throw new UsageError(`${only.commit.slice(0, 10)} is not below the live head of ${name}`);
  return only.commit;
}
