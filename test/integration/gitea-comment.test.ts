import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import test from 'ava';
import { createGitea } from '../../controller/adapters/gitea/index.ts';
import { readGiteaWebhook, type WebhookEvent } from '../../controller/adapters/gitea/webhook.ts';
import { ensureChecks } from '../../controller/review/ensure-checks.ts';
import { ensureComment } from '../../controller/review/ensure-comment.ts';
import { ensurePull } from '../../controller/review/ensure-pull.ts';
import { findGitea } from './find-gitea.ts';
import { type RunningGitea, startGitea } from './start-gitea.ts';

const path = '/repos/alice/fleet';
const repository = 'alice/fleet';
const secret = 'a-long-webhook-secret';
const signal = AbortSignal.timeout(600_000);
let gitea: RunningGitea;

test.before(async (t) => {
  t.timeout(120_000);
  gitea = await startGitea(await findGitea(), ['alice', 'everyone', 'bob', 'mallory', 'drover']);
  await gitea.call('alice', 'POST', '/user/repos', {
    name: 'fleet',
    auto_init: true,
    default_branch: 'main',
  });
  await gitea.call('alice', 'PUT', `${path}/collaborators/drover`, { permission: 'write' });
  const file = { content: '', message: 'change', branch: 'main', new_branch: 'env/prod-next' };
  await gitea.call('alice', 'POST', `${path}/contents/a.txt`, file);
  await gitea.call('alice', 'POST', `${path}/branches`, {
    new_branch_name: 'env/prod',
    old_branch_name: 'main',
  });
});

test.after.always(async () => {
  await gitea?.stop();
});

function forge() {
  return createGitea({ baseUrl: gitea.url, repository, tokenFile: gitea.tokenFile('drover') });
}

function golden(name: string): Promise<string> {
  return readFile(new URL(`../golden/comments/${name}.md`, import.meta.url), 'utf8');
}

async function rendered(text: string): Promise<string> {
  const response = await fetch(`${gitea.url}/api/v1/markdown`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `token ${(await readFile(gitea.tokenFile('drover'), 'utf8')).trim()}`,
    },
    body: JSON.stringify({ Text: text, Mode: 'comment', Context: `/${repository}`, Wiki: false }),
  });
  return response.text();
}

const key = { repository, head: 'env/prod-next', base: 'env/prod' };

test.serial('a second run of pull request, comment and statuses leaves the forge as it was', async (t) => {
  const { pulls, comments, checks } = forge();
  const body = await golden('guarded');
  const marker = '<!-- drover:plan prod -->';
  const wanted = [
    { context: 'drover/plan: prod', state: 'success', description: '16 changes (655203c2)' },
  ] as const;
  const run = async () => {
    const words = { title: 'prod: 16 changes', body: 'Merging applies it.\n' };
    const { pull, change } = await ensurePull(pulls, { key, words }, signal);
    const comment = await ensureComment(comments, { pull: pull.number, marker, body }, signal);
    const posted = await ensureChecks(checks, { commit: pull.head.id, wanted }, signal);
    return { number: pull.number, changes: [change, comment.change, posted.length] };
  };
  const first = await run();
  t.deepEqual(first.changes, ['created', 'created', 1]);
  t.deepEqual(await run(), { number: first.number, changes: ['none', 'none', 0] });
});

test.serial('hostile values are inert on the page', async (t) => {
  const control = await rendered('@everyone #1 ![x](http://evil.example/x.png) http://evil.example');
  t.regex(control, /href="[^"]*\/everyone"[^]*ref-issue[^]*<img/, 'what is looked for can be found');
  const page = await rendered(await golden('hostile'));
  t.notRegex(page, /<img|<script|<iframe|href="[^"]*\/(everyone|bob|mallory)"|ref-issue|href="http:\/\/evil/);
  t.is(page.match(/<details/g)?.length, page.match(/<\/details>/g)?.length);
  t.is(page.match(/<details/g)?.length, 4);
});

test.serial('the comment has its table, folds and diffs on the page', async (t) => {
  const page = await rendered(await golden('guarded'));
  t.regex(page, /<h3[^>]*>[^]*waits for 1 confirmation/);
  t.regex(page, /<table>[^]*12[^]*<\/table>/);
  t.regex(page, /<details><summary><b>11 servers alike<\/b>/);
  t.regex(page, /language-diff/);
  t.regex(page, /<ol[^>]*>[^]*<strong>Deletes<\/strong>/);
  t.notRegex(page, /drover:plan/);
});

test.serial("Gitea's own deliveries are read, and refused with another secret", async (t) => {
  const events: (WebhookEvent | undefined)[] = [];
  const refused: (WebhookEvent | undefined)[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      events.push(readGiteaWebhook(request.headers, Buffer.concat(chunks), secret));
      refused.push(readGiteaWebhook(request.headers, Buffer.concat(chunks), `${secret}x`));
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => server.close());
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  await gitea.call('alice', 'POST', `${path}/hooks`, {
    type: 'gitea',
    active: true,
    events: ['push', 'pull_request', 'issue_comment', 'pull_request_comment'],
    config: { url: `http://127.0.0.1:${port}/`, content_type: 'json', secret },
  });
  const file = { content: '', message: 'pushed', branch: 'env/prod-next' };
  await gitea.call('alice', 'POST', `${path}/contents/b.txt`, file);
  const [pull] = await forge().pulls.listOpen('env/prod', signal);
  await gitea.call('alice', 'POST', `${path}/issues/${pull?.number}/comments`, {
    body: 'drover confirm 4f1c9a2e',
  });
  const has = (wanted: (event: WebhookEvent) => boolean) =>
    events.some((event) => event !== undefined && wanted(event));
  const isPush = (event: WebhookEvent) =>
    event.kind === 'push' && event.refs.includes('refs/heads/env/prod-next');
  const isPull = (event: WebhookEvent) => event.kind === 'pull' && event.number === pull?.number;
  for (let attempt = 0; attempt < 100 && !(has(isPush) && has(isPull)); attempt += 1) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  t.true(has(isPush));
  t.true(has(isPull));
  t.true(refused.every((event) => event === undefined));
});
