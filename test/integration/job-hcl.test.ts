import test from 'ava';
import * as fc from 'fast-check';
import { createOfflineParser } from '../../controller/adapters/nomad/offline-parser.ts';
import { writeJobHcl } from '../../controller/adopt/job-hcl.ts';
import { compareJob } from '../../controller/apply/l2/compare-job.ts';
import type { Json, JsonObject } from '../../controller/model/json.ts';
import { ensureTool } from '../../scripts/toolchain/index.ts';
import { sampleFleet } from '../kinds/application/sample-applications.ts';
import { sampleJobs } from './sample-jobs.ts';

const signal = AbortSignal.timeout(180_000);
const { binary } = await ensureTool('nomad', { log: () => undefined });
const parser = createOfflineParser({ binary });

async function parse(hcl: string): Promise<JsonObject> {
  const outcome = await parser.parse({ path: 'x', hcl, variables: {}, files: new Map() }, signal);
  if (!outcome.ok) throw new Error(`${outcome.message} at ${outcome.line}:${outcome.column} of\n${hcl}`);
  return outcome.job;
}

for (const { id, job } of sampleFleet().jobs()) {
  test(`the application's job "${id}" written as HCL is the same job`, async (t) => {
    const { hcl, leftOut } = writeJobHcl(job);
    t.deepEqual(leftOut, []);
    const parsed = await parse(hcl);
    t.deepEqual(compareJob(job, parsed), []);
    t.deepEqual(compareJob(parsed, job), []);
    t.is(parsed['ID'], id);
    t.is(parsed['Namespace'], 'shop');
  });
}

for (const [id, written] of Object.entries(sampleJobs)) {
  test(`the parsed job "${id}" written as HCL parses to the same`, async (t) => {
    const job = await parse(written);
    const { hcl, leftOut } = writeJobHcl(job);
    t.deepEqual(leftOut, []);
    t.deepEqual(await parse(hcl), job);
    t.is(writeJobHcl(await parse(hcl)).hcl, hcl);
  });
}

test('any text survives in the environment, in arguments and in templates', async (t) => {
  const piece = fc.constantFrom(
    '$',
    '%',
    '{',
    '}',
    '"',
    '\\',
    '\n',
    ' ',
    'EOT',
    '${node.class}',
    '$${',
    'a',
    '\u2028',
    '\b',
    'ü',
    '\t',
  );
  const text = fc.array(piece, { minLength: 1, maxLength: 12 }).map((pieces) => `x${pieces.join('')}`);
  const texts = fc.sample(text, { numRuns: 400, seed: 7 });
  const job: Json = {
    ID: 'texts',
    TaskGroups: [
      {
        Name: 'g',
        Tasks: [
          {
            Name: 't',
            Driver: 'exec',
            Config: { command: 'x', args: texts },
            Env: Object.fromEntries(texts.map((value, index) => [`K${index}`, value])),
            Templates: texts.flatMap((value, index) => [
              { DestPath: `local/${index}`, EmbeddedTmpl: value },
              { DestPath: `local/${index}n`, EmbeddedTmpl: `${value}\n\n${value}\n` },
            ]),
          },
        ],
      },
    ],
  };
  const parsed = await parse(writeJobHcl(job).hcl);
  t.deepEqual(compareJob(job, parsed), []);
});
