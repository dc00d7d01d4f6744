import { readFile, writeFile } from 'node:fs/promises';
import test, { type ExecutionContext } from 'ava';
import type { Diagnostic } from '../../controller/model/diagnostic.ts';
import { computePlan } from '../../controller/plan/compute-plan.ts';
import { type ProposalContext, previewComment, proposalComment } from '../../controller/plan/words.ts';
import { consulKey, job, type SampleUnit, sampleRules, server, tree } from './sample-tree.ts';

const context: ProposalContext = {
  missing: [],
  mode: 'Enforce',
  merge: 'Manual',
  definitions: { id: 'd93e7b1c0ffee'.padEnd(40, '0'), author: 'dan', subject: 'web: 2.15.0' },
  droverVersion: '0.4.0',
  confirmedBy: [],
  rollout: sampleRules.rollout,
};

function plan(before: readonly SampleUnit[], after: readonly SampleUnit[]) {
  return computePlan({
    environment: 'prod',
    live: tree(before),
    proposal: tree(after),
    liveTreeId: 'a'.repeat(40),
    proposalTreeId: 'b'.repeat(40),
    rules: sampleRules,
  });
}

/** `DROVER_GOLDEN=1` rewrites the files; the diff of the commit shows what changed for readers. */
async function matchesGolden(t: ExecutionContext, name: string, text: string) {
  const file = new URL(`../golden/comments/${name}.md`, import.meta.url);
  if (process.env.DROVER_GOLDEN === '1') await writeFile(file, `${text}\n`);
  t.is(`${text}\n`, await readFile(file, 'utf8'));
}

const fleet = (nomad: string, count = 11) =>
  Array.from({ length: count }, (_, index) =>
    server(`prod-c${index + 1}`, { files: { '/etc/nomad.hcl': nomad, '/etc/motd': 'hello\n' } }),
  );

test('a first proposal', async (t) => {
  const units = [
    ...fleet('reserved {\n  memory = 2048\n}\n', 3),
    consulKey('shop/flags', '{}'),
    job('shop/web'),
  ];
  const text = proposalComment(plan([], units), context);
  await matchesGolden(t, 'first', text);
});

test('one small change is one line and one folded diff', async (t) => {
  const before = job('shop/web', { source: 'job "web" {\n  image = "web:1"\n}\n', image: 'web:1' });
  const after = job('shop/web', { source: 'job "web" {\n  image = "web:2"\n}\n', image: 'web:2' });
  const text = proposalComment(plan([before], [after]), { ...context, merge: 'Auto' });
  t.is(text.match(/<details>/g)?.length, 1);
  await matchesGolden(t, 'small', text);
});

test('eleven servers alike are shown once, a deletion and a quorum member wait for a confirmation', async (t) => {
  const quorum = (text: string) =>
    server('prod-q2', { files: { '/etc/nomad.hcl': text }, groups: ['nomad'] });
  const before = [
    ...fleet('reserved {\n  memory = 2048\n}\n'),
    quorum('bootstrap = 3\n'),
    job('shop/web'),
    job('shop/legacy-report', {}, { stateful: true }),
    job('shop/old', {}),
  ];
  const after = [
    ...fleet('reserved {\n  memory = 4096\n}\n'),
    quorum('bootstrap = 5\n'),
    job('shop/web', { image: 'web:2' }),
    job('shop/web-migrate', { type: 'batch' }, { once: 'c0ffee' }),
  ];
  const made = plan(before, after);
  const live = {
    id: 'e'.repeat(64),
    at: '2026-11-21T12:00:00Z',
    findings: [
      {
        unit: 'nomad-job:shop/web',
        state: 'differs' as const,
        notes: ['group app: 1 node is short of memory'],
        updates: ['app: create/destroy update 2'],
      },
      { unit: 'consul-key:shop/flags', state: 'differs' as const, notes: ['changed by hand'], updates: [] },
    ],
  };
  const missing = ['1 confirmation'];
  await matchesGolden(t, 'guarded', proposalComment({ ...made, live }, { ...context, missing }));
  const confirmed = proposalComment(made, { ...context, confirmedBy: ['alice'] });
  t.true(confirmed.includes('Confirmed by alice.'));
  t.false(confirmed.includes('drover confirm'));
});

const hostile = [
  '``` three',
  '```` four',
  '`'.repeat(40),
  '</details></summary><script>alert(1)</script>',
  '<!-- drover:plan prod -->',
  '@everyone closes #1 !2',
  '![x](http://evil.example/x.png)',
  '<img src="http://evil.example/x.png">',
  '| a | b |',
  'right\u202eleft\u0007',
].join('\n');

function outsideFences(text: string): string {
  return text.replaceAll(/^(`{3,})[^`\n]*\n[^]*?^\1$/gm, '');
}

test('values with fences, HTML, markers, mentions and images are inert', async (t) => {
  const path = `/etc/${hostile.replaceAll('\n', ' ')}`;
  const before = [server('s1', { files: { [path]: 'a\n' } }), consulKey(hostile, 'x'), job('shop/web')];
  const after = [
    server('s1', { files: { [path]: `${hostile}\n` } }),
    consulKey(hostile, hostile),
    job('shop/web', { image: hostile }),
    job(`shop/${'`'.repeat(5)}<b>@bob`),
  ];
  const definitions = { id: 'f'.repeat(40), author: '@mallory', subject: hostile };
  const text = proposalComment(plan(before, after), { ...context, definitions, missing: [hostile] });
  await matchesGolden(t, 'hostile', text);
  const outside = outsideFences(text).replaceAll(/(`+)[^\n]*?[^`]\1(?!`)/g, '');
  t.notRegex(outside, /@(everyone|bob|mallory)|(?<!&)#1|<script|<img|!\[/);
  t.is(text.split('\n').filter((line) => line === '<!-- drover:plan prod -->').length, 1);
  t.notRegex(outside, /<!-- drover:plan[^]*<!-- drover:plan/);
  t.false(text.includes('\u202e'));
});

test('a huge change fits into 60,000 characters and says what is left out', (t) => {
  const lines = (word: string) => Array.from({ length: 300 }, (_, index) => `${word} ${index}`).join('\n');
  const keys = (word: string) =>
    Array.from({ length: 200 }, (_, index) => consulKey(`k/${index}`, lines(word)));
  const text = proposalComment(plan(keys('old'), keys('new')), context);
  t.true(text.length <= 60_000);
  t.regex(text, /not shown|would not fit/);
  t.is(text.match(/^`{3,}/gm)?.length ?? 0, 2 * (text.match(/^`{3,}diff$/gm)?.length ?? 0));
});

test('thousands of units still give a comment', (t) => {
  const keys = Array.from({ length: 3000 }, (_, index) => consulKey(`k/${index}`, `${index}`));
  const text = proposalComment(plan(keys, []), { ...context, missing: ['1 confirmation'] });
  t.true(text.length <= 60_000);
  t.true(text.includes('drover confirm'));
});

test('credentials are masked at every offset around the cut of a line', (t) => {
  const secret = `hvs.${'A1b2C3d4'.repeat(5)}`;
  for (const offset of [0, 350, 380, 390, 398, 399, 400, 401]) {
    const value = `${'x '.repeat(offset / 2)}${secret}`;
    const text = proposalComment(plan([consulKey('a', 'old')], [consulKey('a', value)]), context);
    t.false(text.includes(secret.slice(0, 12)), `${offset}`);
  }
});

test('known values are masked in plain, base64 and URL form', (t) => {
  const known = 'correct horse/battery';
  const forms = [
    known,
    encodeURIComponent(known),
    ...['', 'x', 'xy'].map((lead) => btoa(`${lead}${known}!`)),
  ];
  for (const form of forms) {
    const text = proposalComment(plan([], [consulKey('a', form)]), { ...context, secrets: [known] });
    t.false(text.includes(form), form);
    t.true(text.includes('********'), form);
  }
});

const finding = (more: Partial<Diagnostic>): Diagnostic => ({
  code: 'DRV0301',
  severity: 'error',
  message: 'port 8080 is taken by `api` <b>',
  span: { path: 'fleet/web.yaml', line: 3, column: 9, endLine: 3, endColumn: 13 },
  hint: 'Choose another port.',
  ...more,
});

test('a definitions pull request with mistakes names file, line, column, and shows the place', async (t) => {
  const source = 'kind: NomadJob\nspec:\n  port: 8080\n  count: 2\n';
  const diagnostics = [
    finding({ severity: 'warning', code: 'DRV0302', message: 'matches nothing', environment: 'dev' }),
    finding({}),
    finding({ code: 'DRV0100', span: { path: 'a.yaml', line: 99, column: 1, endLine: 99, endColumn: 2 } }),
  ];
  const readSource = (path: string) => (path === 'fleet/web.yaml' ? source : undefined);
  const text = previewComment(diagnostics, [], {
    commit: 'c'.repeat(40),
    droverVersion: '0.4.0',
    readSource,
  });
  t.true(text.indexOf('DRV0301') < text.indexOf('DRV0302'));
  await matchesGolden(t, 'mistakes', text);
});

test('a sound definitions pull request shows what each environment would get', async (t) => {
  const plans = [
    plan([job('shop/web'), job('shop/a'), job('shop/b')], [job('shop/web', { image: 'web:2' })]),
  ];
  const settings = { commit: 'c'.repeat(40), droverVersion: '0.4.0', readSource: () => undefined };
  const text = previewComment([], plans, settings);
  t.regex(text, /would change `prod`/);
  t.false(text.includes('drover confirm'));
  await matchesGolden(t, 'preview', text);
});
