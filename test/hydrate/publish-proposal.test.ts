import test from 'ava';
import { ensureLiveBranch } from '../../controller/hydrate/birth.ts';
import { type ProposalRequest, publishProposal } from '../../controller/hydrate/publish-proposal.ts';
import { contentTreeId } from '../../controller/hydrate/tree-id.ts';
import type { Rules } from '../../controller/model/environment.ts';
import { ConflictError, DefectError, UnavailableError } from '../../controller/model/errors.ts';
import { createFakeObjects } from '../fakes/objects.ts';
import { createFakeRemote } from '../fakes/remote.ts';
import { metadataOf, renderedTree } from './rendered-tree.ts';

const signal = AbortSignal.timeout(60_000);
const live = 'refs/heads/env/prod';
const staging = 'refs/heads/env/prod-next';
const person = { name: 'Eve', email: 'eve@example.org' };
const drySha = (digit: string) => digit.repeat(40);
const at = (minute: number) => `2026-03-01T12:${String(minute).padStart(2, '0')}:00Z`;

async function setup() {
  const objects = createFakeObjects();
  const remote = createFakeRemote();
  const ports = { objects, remote };
  const rules = { environment: 'prod' } as unknown as Rules;
  const birth = await ensureLiveBranch(ports, { environment: 'prod', rules, date: at(0) }, signal);
  let minute = 1;
  const propose = async (
    jobs: Readonly<Record<string, string>>,
    more: Partial<ProposalRequest> & { digit?: string } = {},
  ) => {
    const metadata = metadataOf(drySha(more.digit ?? '1'));
    const request: ProposalRequest = {
      environment: 'prod',
      tree: renderedTree(jobs, metadata),
      metadata,
      refs: { live: remote.refs.get(live) ?? null, staging: remote.refs.get(staging) ?? null },
      hasOpenPull: true,
      knownStaging: () => false,
      date: at(minute),
      ...more,
    };
    minute += 1;
    return publishProposal(ports, request, signal);
  };
  const proposed = async (...args: Parameters<typeof propose>) => {
    const outcome = await propose(...args);
    if (outcome.state !== 'proposed') throw new Error('nothing was proposed');
    return outcome;
  };
  /** Somebody's commit on top of `parents`, pushed past us. */
  const intrude = async (ref: string, parents: readonly string[], files = new Map<string, Uint8Array>()) => {
    const request = { files, parents, message: 'by hand', date: at(minute) };
    const id = await objects.as(person).writeCommit(request, signal);
    remote.refs.set(ref, id);
    return id;
  };
  return { ...ports, birth, propose, proposed, intrude };
}

test('the first proposal stands on the live head, and both branches are where it says', async (t) => {
  const { objects, remote, birth, proposed } = await setup();
  const outcome = await proposed({ web: 'a' });
  t.like(outcome, { pushed: true, foreign: undefined });
  t.is(remote.refs.get(staging), outcome.commit);
  t.is(remote.refs.get(live), birth.commit);
  t.deepEqual((await objects.readCommit(outcome.commit, signal)).parents, [birth.commit]);
  t.is(outcome.treeId, contentTreeId(renderedTree({ web: 'a' }, metadataOf(drySha('1')))));
});

test('the same again pushes nothing, also for a newer definitions commit that renders the same', async (t) => {
  const { remote, proposed } = await setup();
  const first = await proposed({ web: 'a' });
  const pushes = remote.pushes.length;
  const again = await proposed({ web: 'a' });
  t.deepEqual(again, { ...first, pushed: false });
  const newer = await proposed({ web: 'a' }, { digit: '2' });
  t.is(newer.commit, first.commit);
  const closed = await proposed({ web: 'a' }, { hasOpenPull: false });
  t.is(closed.commit, first.commit);
  t.is(remote.pushes.length, pushes);
});

test('while the pull request is open a newer proposal is one commit on top', async (t) => {
  const { objects, proposed } = await setup();
  const first = await proposed({ web: 'a' });
  const second = await proposed({ web: 'b' }, { digit: '2' });
  t.deepEqual((await objects.readCommit(second.commit, signal)).parents, [first.commit]);
});

test('without an open pull request the proposal restarts from the live head', async (t) => {
  const { objects, birth, proposed } = await setup();
  await proposed({ web: 'a' });
  const second = await proposed({ web: 'b' }, { hasOpenPull: false });
  t.deepEqual((await objects.readCommit(second.commit, signal)).parents, [birth.commit]);
});

test('when the live branch moved the proposal restarts from it, though a pull request is open', async (t) => {
  const { objects, remote, birth, proposed, intrude } = await setup();
  await proposed({ web: 'a' });
  const hotfix = await intrude(live, [birth.commit]);
  const second = await proposed({ web: 'b' });
  t.deepEqual((await objects.readCommit(second.commit, signal)).parents, [hotfix]);
  t.is(remote.refs.get(live), hotfix);
});

test('after a merge the next proposal stands on the merge commit', async (t) => {
  const { objects, birth, proposed, intrude } = await setup();
  const first = await proposed({ web: 'a' });
  const files = renderedTree({ web: 'a' }, metadataOf(drySha('1')));
  const merge = await intrude(live, [birth.commit, first.commit], new Map(files));
  const second = await proposed({ web: 'b' });
  t.deepEqual((await objects.readCommit(second.commit, signal)).parents, [merge]);
  t.is(second.foreign, undefined);
});

test('a tree equal to the live one but for its metadata is unchanged', async (t) => {
  const { remote, birth, propose, proposed, intrude } = await setup();
  const first = await proposed({ web: 'a' });
  const files = renderedTree({ web: 'a' }, metadataOf(drySha('1')));
  await intrude(live, [birth.commit, first.commit], new Map(files));
  const pushes = remote.pushes.length;
  t.deepEqual(await propose({ web: 'a' }, { digit: '9' }), { state: 'unchanged' });
  t.is(remote.pushes.length, pushes);
});

test('a foreign commit on the staging branch is kept in the same push, named, and the proposal restarts', async (t) => {
  const { objects, remote, birth, proposed, intrude } = await setup();
  const first = await proposed({ web: 'a' });
  const foreign = await intrude(staging, [first.commit]);
  const second = await proposed({ web: 'a' });
  const branch = `drover/foreign/prod/${foreign}`;
  t.deepEqual(second.foreign, { id: foreign, author: 'Eve <eve@example.org>', branch });
  t.is(remote.refs.get(`refs/heads/${branch}`), foreign);
  t.is(remote.pushes.at(-1)?.length, 2);
  t.deepEqual((await objects.readCommit(second.commit, signal)).parents, [birth.commit]);
});

test('an "update branch" merge of the forge is a foreign commit too', async (t) => {
  const { proposed, intrude, birth } = await setup();
  const first = await proposed({ web: 'a' });
  const moved = await intrude(live, [birth.commit]);
  const update = await intrude(staging, [first.commit, moved]);
  const second = await proposed({ web: 'b' });
  t.is(second.foreign?.id, update);
});

test('the same foreign commit pushed again is kept once, and does not stop us', async (t) => {
  const { remote, proposed, intrude } = await setup();
  const first = await proposed({ web: 'a' });
  const foreign = await intrude(staging, [first.commit]);
  await proposed({ web: 'a' });
  remote.refs.set(staging, foreign);
  const again = await proposed({ web: 'a' });
  t.is(again.foreign?.id, foreign);
  t.is(remote.refs.get(staging), again.commit);
});

test('a commit that the record knows is ours, whoever committed it', async (t) => {
  const { proposed, intrude } = await setup();
  const first = await proposed({ web: 'a' });
  const adopted = await intrude(staging, [first.commit]);
  const second = await proposed({ web: 'b' }, { knownStaging: (commit) => commit === adopted });
  t.is(second.foreign, undefined);
});

test('a commit under our name with other content is built upon, and its content is gone', async (t) => {
  const { objects, remote, birth, proposed } = await setup();
  const files = renderedTree({ web: 'forged' }, metadataOf(drySha('6')));
  const request = { files, parents: [birth.commit], message: 'x', date: at(30) };
  remote.refs.set(staging, await objects.writeCommit(request, signal));
  const outcome = await proposed({ web: 'a' });
  const entries = await objects.listTree(outcome.commit, signal);
  t.deepEqual(
    entries.map(({ path }) => path),
    [...renderedTree({ web: 'a' }, metadataOf(drySha('1'))).keys()].sort(),
  );
  t.is(outcome.treeId, contentTreeId(renderedTree({ web: 'a' }, metadataOf(drySha('1')))));
});

test('a branch that moves meanwhile is a conflict, and nothing is lost', async (t) => {
  const { remote, proposed, intrude } = await setup();
  const first = await proposed({ web: 'a' });
  const foreign = await intrude('refs/heads/elsewhere', [first.commit]);
  remote.onPush = () => remote.refs.set(staging, foreign);
  await t.throwsAsync(proposed({ web: 'b' }), { instanceOf: ConflictError });
  t.is(remote.refs.get(staging), foreign);
});

test('a crash after any step and a rerun give the same end', async (t) => {
  const { remote, proposed } = await setup();
  await proposed({ web: 'a' });
  remote.onPush = () => {
    throw new UnavailableError('the line is cut');
  };
  await t.throwsAsync(proposed({ web: 'b' }), { instanceOf: UnavailableError });
  remote.onPush = () => undefined;
  const second = await proposed({ web: 'b' });
  t.is(remote.refs.get(staging), second.commit);
  t.false((await proposed({ web: 'b' })).pushed);
});

test('a tree that lacks what its inventory lists, its rules or its metadata is a defect, never a deletion', async (t) => {
  const { remote, propose } = await setup();
  const whole = renderedTree({ web: 'a', db: 'b' }, metadataOf(drySha('1')));
  for (const path of whole.keys()) {
    const cut = new Map(whole);
    cut.delete(path);
    await t.throwsAsync(propose({}, { tree: cut }), { instanceOf: DefectError });
  }
  const broken = new Map(whole).set('inventory.json', new TextEncoder().encode('{"entries"'));
  await t.throwsAsync(propose({}, { tree: broken }), { instanceOf: DefectError });
  await t.throwsAsync(propose({}, { tree: new Map() }), { instanceOf: DefectError });
  t.false(remote.refs.has(staging));
});

test('without a live branch nothing is proposed', async (t) => {
  const { propose } = await setup();
  await t.throwsAsync(propose({}, { refs: { live: null, staging: null } }), { instanceOf: DefectError });
});

test('names that are no DNS label or end in -next are refused', async (t) => {
  const { propose } = await setup();
  for (const environment of ['', 'Prod', 'a/b', '-f', 'prod-next', '..', 'a'.repeat(64)]) {
    await t.throwsAsync(propose({}, { environment }), { instanceOf: DefectError });
  }
});
