import { type Static, type TSchema, Type } from 'typebox';
import { Value } from 'typebox/value';
import { DroverError } from '../model/errors.ts';
import type { RecordBranch } from '../ports/record.ts';

const gitId = Type.String({ pattern: '^[0-9a-f]{40}([0-9a-f]{24})?$' });
const sha256 = Type.String({ pattern: '^[0-9a-f]{64}$' });
const time = Type.String({ maxLength: 40 });
const login = Type.String({ minLength: 1, maxLength: 200 });

/** The shapes of records. A reader takes nothing else for one. */
const schemas = {
  proposal: Type.Object({
    digest: sha256,
    /** Of the proposal's commit, as git names it: the live head is known by it, whatever the merge style. */
    treeId: gitId,
    /** Of the live commit that it was made on. */
    baseTreeId: Type.Optional(gitId),
    definitions: Type.String({ maxLength: 64 }),
    guard: Type.Object({ tripped: Type.Boolean() }),
    /** How many approvals the rules asked for. */
    approvals: Type.Optional(Type.Integer({ minimum: 0 })),
    at: time,
  }),
  confirmation: Type.Object({ digest: sha256, by: login, at: time }),
  /** What a person said, and took back: one record each time, the last one counts. */
  approval: Type.Object({
    digest: sha256,
    by: login,
    at: time,
    turn: Type.Integer({ minimum: 0 }),
    withdrawn: Type.Optional(Type.Literal(true)),
  }),
  rejection: Type.Object({ digest: sha256, at: time }),
  opening: Type.Object({ digest: sha256, number: Type.Integer({ minimum: 1 }), at: time }),
  convergence: Type.Object({ commit: gitId, at: time }),
  rollback: Type.Object({ commit: gitId, by: login, at: time, released: Type.Optional(Type.Boolean()) }),
} as const;

export type ProposalRecord = Static<typeof schemas.proposal>;
export type ConfirmationRecord = Static<typeof schemas.confirmation>;
export type ApprovalRecord = Static<typeof schemas.approval>;
export type RejectionRecord = Static<typeof schemas.rejection>;
export type OpeningRecord = Static<typeof schemas.opening>;
export type ConvergenceRecord = Static<typeof schemas.convergence>;
export type RollbackRecord = Static<typeof schemas.rollback>;

/** Where each record lies. One tree may be proposed on several bases: the digest tells them apart. */
export const recordPaths = {
  proposal: (environment: string, { treeId, digest }: Pick<ProposalRecord, 'treeId' | 'digest'>) =>
    `proposals/${environment}/${treeId}/${digest}.json`,
  proposals: (environment: string) => `proposals/${environment}/`,
  confirmation: (environment: string, digest: string) => `confirmations/${environment}/${digest}.json`,
  confirmations: (environment: string) => `confirmations/${environment}/`,
  approval: (environment: string, { digest, by, turn }: Pick<ApprovalRecord, 'digest' | 'by' | 'turn'>) =>
    `approvals/${environment}/${digest}/${encodeURIComponent(by.toLowerCase())}/${turn}.json`,
  approvalsOf: (environment: string, digest: string) => `approvals/${environment}/${digest}/`,
  approvals: (environment: string) => `approvals/${environment}/`,
  rejection: (environment: string, digest: string) => `rejected/${environment}/${digest}.json`,
  opening: (environment: string, { digest, number }: Pick<OpeningRecord, 'digest' | 'number'>) =>
    `opened/${environment}/${digest}/${number}.json`,
  openings: (environment: string, digest: string) => `opened/${environment}/${digest}/`,
  withdrawal: (environment: string, number: number) => `withdrawn/${environment}/${number}.json`,
  convergence: (environment: string, commit: string) => `converged/${environment}/${commit}.json`,
  convergences: (environment: string) => `converged/${environment}/`,
  rollback: (environment: string, name: string) => `rollbacks/${environment}/${name}.json`,
  rollbacks: (environment: string) => `rollbacks/${environment}/`,
} as const;

export interface ProposalRecords {
  readonly proposals: readonly ProposalRecord[];
  readonly confirmations: readonly ConfirmationRecord[];
  readonly approvals: readonly ApprovalRecord[];
  /** Paths of records that can't be read: left out, and to be told to people. They approve nothing. */
  readonly quarantined: readonly string[];
}

/** All that a live head of this environment is judged by. Broken records never stop the others. */
export async function readProposalRecords(
  record: RecordBranch,
  environment: string,
  signal: AbortSignal,
): Promise<ProposalRecords> {
  const proposals = await readRecords(record, recordPaths.proposals(environment), schemas.proposal, signal);
  const confirmations = await readRecords(
    record,
    recordPaths.confirmations(environment),
    schemas.confirmation,
    signal,
  );
  const approvals = await readRecords(record, recordPaths.approvals(environment), schemas.approval, signal);
  return {
    proposals: proposals.records,
    confirmations: confirmations.records,
    approvals: approvals.records,
    quarantined: [...proposals.quarantined, ...confirmations.quarantined, ...approvals.quarantined],
  };
}

export interface RecordReading<Found> {
  readonly records: readonly Found[];
  readonly quarantined: readonly string[];
}

/** What people said to one digest. */
export function readApprovals(
  record: RecordBranch,
  environment: string,
  digest: string,
  signal: AbortSignal,
) {
  return readRecords(record, recordPaths.approvalsOf(environment, digest), schemas.approval, signal);
}

/** Each person's last word on a digest, by login in lower case. */
export function lastApprovals(records: readonly ApprovalRecord[]): ReadonlyMap<string, ApprovalRecord> {
  const last = new Map<string, ApprovalRecord>();
  for (const approval of records.toSorted((a, b) => a.turn - b.turn)) {
    last.set(approval.by.toLowerCase(), approval);
  }
  return last;
}

/** The pull requests in which a digest was shown, the newest first. */
export async function readOpening(
  record: RecordBranch,
  environment: string,
  digest: string,
  signal: AbortSignal,
): Promise<readonly OpeningRecord[]> {
  const prefix = recordPaths.openings(environment, digest);
  const { records } = await readRecords(record, prefix, schemas.opening, signal);
  return records.toSorted((a, b) => b.number - a.number);
}

/** Live commits that converged. */
export function readConvergences(record: RecordBranch, environment: string, signal: AbortSignal) {
  return readRecords(record, recordPaths.convergences(environment), schemas.convergence, signal);
}

export function readRollbacks(record: RecordBranch, environment: string, signal: AbortSignal) {
  return readRecords(record, recordPaths.rollbacks(environment), schemas.rollback, signal);
}

async function readRecords<const Schema extends TSchema>(
  record: RecordBranch,
  prefix: string,
  schema: Schema,
  signal: AbortSignal,
): Promise<RecordReading<Static<Schema>>> {
  const records: Static<Schema>[] = [];
  const quarantined: string[] = [];
  for (const path of await record.list(prefix, signal)) {
    const value = await readOne(record, path, signal);
    if (Value.Check(schema, value)) records.push(value);
    else quarantined.push(path);
  }
  return { records, quarantined };
}

/** A record that is no JSON is a poisoned one; a forge that is down is not. */
async function readOne(record: RecordBranch, path: string, signal: AbortSignal): Promise<unknown> {
  try {
    return await record.read(path, signal);
  } catch (error) {
    signal.throwIfAborted();
    const isPoisoned = error instanceof DroverError && error.code === 'DRV9001';
    if (!isPoisoned) throw error;
    return undefined;
  }
}
