import { writeFile } from 'node:fs/promises';
import test from 'ava';
import { createGitea } from '../../controller/adapters/gitea/index.ts';
import { DeniedError } from '../../controller/model/errors.ts';
import { checksContract } from '../contracts/checks.ts';
import { commentsContract } from '../contracts/comments.ts';
import { pullsContract } from '../contracts/pulls.ts';
import { reviewsContract } from '../contracts/reviews.ts';
import { findGitea } from './find-gitea.ts';
import { type RunningGitea, startGitea } from './start-gitea.ts';

const repository = 'alice/fleet';
const path = '/repos/alice/fleet';
const signal = AbortSignal.timeout(600_000);
let gitea: RunningGitea;
let branchCount = 0;

test.before(async (t) => {
  t.timeout(120_000);
  gitea = await startGitea(await findGitea(), ['alice', 'bob', 'drover', 'mallory']);
  await gitea.call('alice', 'POST', '/user/repos', {
    name: 'fleet',
    auto_init: true,
    default_branch: 'main',
  });
  for (const login of ['bob', 'drover']) {
    await gitea.call('alice', 'PUT', `${path}/collaborators/${login}`, { permission: 'write' });
  }
});

test.after.always(async () => {
  await gitea?.stop();
});

function forge(login = 'drover') {
  return createGitea({ baseUrl: gitea.url, repository, tokenFile: gitea.tokenFile(login) });
}

async function push(branch: string, from: string, as = 'alice', where = path): Promise<string> {
  branchCount += 1;
  const body = {
    content: Buffer.from(`${branchCount}\n`).toString('base64'),
    message: `change ${branchCount}`,
    branch: from,
    ...(branch === from ? {} : { new_branch: branch }),
  };
  const answer = await gitea.call<{ commit: { sha: string } }>(
    as,
    'POST',
    `${where}/contents/file-${branchCount}.txt`,
    body,
  );
  return answer.commit.sha;
}

async function openPull() {
  const name = `topic-${(branchCount += 1)}`;
  const head = await push(name, 'main');
  const request = { head: name, base: 'main', title: name, body: '' };
  const { number } = await forge().pulls.create(request, signal);
  const moveHead = async () => {
    await push(name, name);
  };
  return { number, head, moveHead };
}

for (const [title, claim] of Object.entries(pullsContract)) {
  test.serial(`pulls: ${title}`, async (t) => {
    const openFromFork = async (head: string, base: string) => {
      await gitea.call('mallory', 'POST', `${path}/forks`, {});
      await push(head, head, 'mallory', '/repos/mallory/fleet');
      await gitea.call('mallory', 'POST', `${path}/pulls`, { head: `mallory:${head}`, base, title: 'fork' });
    };
    await claim(t, { pulls: forge().pulls, repository, signal, push, openFromFork });
  });
}

for (const [title, claim] of Object.entries(commentsContract)) {
  test.serial(`comments: ${title}`, async (t) => {
    const commentAsOther = async (number: number, body: string) => {
      await gitea.call('bob', 'POST', `${path}/issues/${number}/comments`, { body });
      return 'bob';
    };
    const open = async () => (await openPull()).number;
    await claim(t, { comments: forge().comments, signal, openPull: open, commentAsOther });
  });
}

for (const [title, claim] of Object.entries(checksContract)) {
  test.serial(`checks: ${title}`, async (t) => {
    const commit = () => push(`checked-${(branchCount += 1)}`, 'main');
    await claim(t, { checks: forge().checks, signal, commit });
  });
}

/** A writer's token takes the long way to permissions, an administrator's the short one. */
for (const reader of ['drover', 'alice']) {
  for (const [title, claim] of Object.entries(reviewsContract)) {
    test.serial(`reviews, read by ${reader}: ${title}`, async (t) => {
      const events = { approved: 'APPROVED', 'changes-requested': 'REQUEST_CHANGES', commented: 'COMMENT' };
      await claim(t, {
        reviews: forge(reader).reviews,
        signal,
        openPull,
        writer: 'bob',
        stranger: 'mallory',
        review: async (number, login, state) => {
          const event = events[state as keyof typeof events];
          await gitea.call(login, 'POST', `${path}/pulls/${number}/reviews`, { event, body: 'looked' });
        },
        dismiss: async (number, login) => {
          const reviews = await gitea.call<{ id: number; user: { login: string } }[]>(
            'alice',
            'GET',
            `${path}/pulls/${number}/reviews`,
          );
          for (const { id } of reviews.filter((review) => review.user.login === login)) {
            const dismissal = `${path}/pulls/${number}/reviews/${id}/dismissals`;
            await gitea.call('alice', 'POST', dismissal, { message: 'no longer' });
          }
        },
      });
    });
  }
}

test.serial('more open pull requests than a page holds are all listed', async (t) => {
  t.timeout(120_000);
  await push('env/many', 'main');
  for (let index = 0; index < 12; index += 1) {
    await push(`many-${index}`, 'env/many');
    const request = { head: `many-${index}`, base: 'env/many', title: `${index}`, body: '' };
    await gitea.call('bob', 'POST', `${path}/pulls`, request);
  }
  const listed = await forge().pulls.listOpen('env/many', signal);
  t.is(new Set(listed.map((pull) => pull.number)).size, 12);
});

test.serial('an unknown token is denied', async (t) => {
  const tokenFile = gitea.tokenFile('unknown');
  await writeFile(tokenFile, 'f'.repeat(40));
  const { comments } = createGitea({ baseUrl: gitea.url, repository, tokenFile });
  await t.throwsAsync(comments.whoAmI(signal), { instanceOf: DeniedError });
});
