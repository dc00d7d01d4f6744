import test from 'ava';
import { createMemoryMemo } from '../../controller/adapters/system/memory-memo.ts';
import { DefectError } from '../../controller/model/errors.ts';
import type { ParseOutcome } from '../../controller/ports/job-parser.ts';
import { createRevisions } from '../../controller/reconcile/revisions.ts';
import { createFakeObjects } from '../fakes/objects.ts';

const signal = AbortSignal.timeout(20_000);
const environments = ['dev', 'stage', 'prod'];

const project = `apiVersion: drover.dev/v1alpha1
kind: Project
metadata: {name: acme}
spec:
  environments:
${environments.map((name) => `    ${name}: {folders: [base], cluster: ${name}}\n`).join('')}`;

const hcl = `job "web" {
  group "web" {
    task "app" {
      driver = "docker"
      config { image = "web:1" }
    }
  }
}
`;

function outcome(image: string): ParseOutcome {
  const task = { Name: 'app', Driver: 'docker', Config: { image } };
  const job = { ID: 'web', Type: 'service', TaskGroups: [{ Name: 'web', Tasks: [task] }] };
  return { ok: true, job };
}

/** A fleet with one job in HCL on a commit; its parser answers with these images, the last one for ever. */
async function withParser(...images: readonly string[]) {
  const objects = createFakeObjects();
  const encode = (text: string) => new TextEncoder().encode(text);
  const files = new Map([
    ['drover.yaml', encode(project)],
    ['base/web.nomad.hcl', encode(hcl)],
  ]);
  const commit = await objects.writeCommit(
    { files, parents: [], message: 'web', date: '2026-01-01T00:00:00Z' },
    signal,
  );
  const asked: string[] = [];
  const parser = {
    version: async () => '1.0.0',
    parse: async ({ path }: { readonly path: string }) => {
      asked.push(path);
      return outcome(images[asked.length - 1] ?? images.at(-1) ?? '');
    },
  };
  const revisions = createRevisions({
    objects,
    parser,
    memo: createMemoryMemo(),
    clock: { now: () => 0 },
    droverVersion: '0.4.0',
    url: 'https://forge.acme.example/acme/fleet.git',
  });
  return { revisions, commit, asked };
}

test('the second rendering asks the parser again, once for all environments', async (t) => {
  const { revisions, commit, asked } = await withParser('web:1');
  for (const name of environments) {
    const { tree } = await revisions.render(commit, name, signal);
    t.true(tree.has('nomad/jobs/default/web.json'));
  }
  t.deepEqual(asked, ['base/web.nomad.hcl', 'base/web.nomad.hcl']);
});

test('different bytes of the second rendering are refused, with the path', async (t) => {
  const { revisions, commit } = await withParser('web:1', 'web:2');
  const error = await t.throwsAsync(revisions.render(commit, 'prod', signal), { instanceOf: DefectError });
  t.regex(error?.message ?? '', /rendering prod twice gave different bytes/);
  t.regex(error?.hint ?? '', /^First difference: inventory\.json/);
});

test('the same commit is rendered once', async (t) => {
  const { revisions, commit, asked } = await withParser('web:1');
  const [first, second] = await Promise.all([
    revisions.render(commit, 'prod', signal),
    revisions.render(commit, 'prod', signal),
  ]);
  t.is(first, second);
  t.is(asked.length, 2);
});
