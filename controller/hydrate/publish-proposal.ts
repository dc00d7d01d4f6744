import { DefectError } from '../model/errors.ts';
import { droverIdentity } from '../model/git-object.ts';
import type { FileTree, HydratorMetadata } from '../model/tree.ts';
import type { ObjectStore } from '../ports/objects.ts';
import type { RefUpdate, Remote } from '../ports/remote.ts';
import { environmentBranches, shortBranch } from './branches.ts';
import { checkRendered } from './check-rendered.ts';
import { proposalMessage } from './proposal-message.ts';
import { contentTreeId, contentTreeIdOf } from './tree-id.ts';

export interface HydratePorts {
  readonly objects: ObjectStore;
  readonly remote: Remote;
}

export interface ProposalRequest {
  readonly environment: string;
  /** The whole rendered tree, `hydrator.metadata` included. */
  readonly tree: FileTree;
  readonly metadata: HydratorMetadata;
  /** What the caller's `listRefs` found: the push holds only while both still stand there. */
  readonly refs: { readonly live: string | null; readonly staging: string | null };
  readonly hasOpenPull: boolean;
  /** True for commits that were proposed by any controller of this fleet (from the record). */
  readonly knownStaging: (commit: string) => boolean;
  /** ISO 8601, of the commit to be made. */
  readonly date: string;
}

export interface ForeignCommit {
  readonly id: string;
  /** `Name <address>` of the newest foreign commit. */
  readonly author: string;
  /** Short name of the branch that keeps it. */
  readonly branch: string;
}

export type ProposalOutcome =
  | {
      readonly state: 'proposed';
      /** The head of the staging branch. */
      readonly commit: string;
      /** Of the tree without `hydrator.metadata`. */
      readonly treeId: string;
      /** False when the staging branch proposed just this already. */
      readonly pushed: boolean;
      readonly foreign?: ForeignCommit;
    }
  /** The tree is the live one but for `hydrator.metadata`: nothing to propose, an open pull request may be closed. */
  | { readonly state: 'unchanged' };

/** The name that our commits carry. Under a forged one nothing gets by: only content equal to ours may stay. */
const ownCommitter = `${droverIdentity.name} <${droverIdentity.email}>`;
const foreignLimit = 100;

/**
 * Puts a rendered tree on the staging branch. Its parent is the live head; only while a pull request is open and the
 * staging branch stands on that head, a newer proposal is one commit on top of the former. Foreign commits are kept on
 * a branch of their own in the same push. May be repeated: the second time nothing is pushed. Source: decision 1.
 * @throws ConflictError when a branch moved meanwhile; DefectError for a tree that is not whole or without live branch.
 */
export async function publishProposal(
  ports: HydratePorts,
  request: ProposalRequest,
  signal: AbortSignal,
): Promise<ProposalOutcome> {
  const { environment, tree, refs } = request;
  const branches = environmentBranches(environment);
  checkRendered(tree);
  if (refs.live === null) throw new DefectError(`${shortBranch(branches.live)} was not born yet`);

  // 1. Both heads must be readable here.
  const known = refs.staging === null ? [branches.live] : [branches.live, branches.staging];
  await ports.remote.fetch(known, signal);

  // 2. Nothing to propose.
  const treeId = contentTreeId(tree);
  if ((await contentOf(ports.objects, refs.live, signal)) === treeId) return { state: 'unchanged' };

  // 3. What stands on the staging branch now.
  const former = await readStaging(ports.objects, request, signal);
  if (former.contentId === treeId && former.head !== undefined) {
    return { state: 'proposed', commit: former.head, treeId, pushed: false };
  }

  // 4. One commit, one push.
  const parent = (request.hasOpenPull ? former.head : undefined) ?? refs.live;
  const message = proposalMessage(environment, request.metadata);
  const { date } = request;
  const commit = await ports.objects.writeCommit({ files: tree, parents: [parent], message, date }, signal);
  const update: RefUpdate = { ref: branches.staging, to: commit, expected: refs.staging };
  const { foreign } = former;
  await ports.remote.push([update, ...(await keepForeign(ports.remote, foreign, signal))], signal);
  return { state: 'proposed', commit, treeId, pushed: true, ...(foreign === undefined ? {} : { foreign }) };
}

interface Staging {
  /** Set when the branch descends from the live head and all above that is ours. */
  readonly head?: string;
  readonly contentId?: string;
  readonly foreign?: ForeignCommit;
}

async function readStaging(
  objects: ObjectStore,
  request: ProposalRequest,
  signal: AbortSignal,
): Promise<Staging> {
  const { live, staging } = request.refs;
  if (live === null || staging === null) return {};
  const commits = await objects.listCommits({ from: live, to: staging, limit: foreignLimit }, signal);
  const stranger = commits.find(
    ({ id, committer }) => committer !== ownCommitter && !request.knownStaging(id),
  );
  if (stranger !== undefined) {
    const branch = shortBranch(environmentBranches(request.environment).foreign(staging));
    return { foreign: { id: staging, author: stranger.author, branch } };
  }
  // A staging branch that was merged has nothing above live; it never carries the next proposal.
  const standsOnLive = commits.length > 0 && (await objects.isAncestor(live, staging, signal));
  if (!standsOnLive) return {};
  return { head: staging, contentId: await contentOf(objects, staging, signal) };
}

async function contentOf(objects: ObjectStore, commit: string, signal: AbortSignal): Promise<string> {
  return contentTreeIdOf(await objects.listTree(commit, signal));
}

/** The branch may be there from an earlier time that the same commit was pushed: then it is kept already. */
async function keepForeign(
  remote: Remote,
  foreign: ForeignCommit | undefined,
  signal: AbortSignal,
): Promise<readonly RefUpdate[]> {
  if (foreign === undefined) return [];
  const ref = `refs/heads/${foreign.branch}`;
  const there = await remote.listRefs([ref], signal);
  return there.has(ref) ? [] : [{ ref, to: foreign.id, expected: null }];
}
