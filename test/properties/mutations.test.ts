import test from 'ava';
import * as fc from 'fast-check';
import type { JsonObject } from '../../controller/model/json.ts';
import { complaintsOf, judge } from './judge.ts';
import { mutate, mutations } from './mutate.ts';
import { acmeSeed, exampleSeed, richPath, sourceFrom } from './seeds.ts';

const isLong = process.env['DROVER_TEST_LONG'] === '1';
const seeds = { acme: acmeSeed(), examples: exampleSeed() };

/** Of jobs in HCL it matters here only that they are there. */
const parsedJob = ({ name, namespace }: { name: string; namespace: string }): JsonObject => ({
  ID: name,
  Name: name,
  Namespace: namespace,
  Type: 'service',
  Datacenters: ['*'],
  TaskGroups: [
    {
      Name: 'web',
      Count: 1,
      Tasks: [
        {
          Name: 'web',
          Driver: 'docker',
          Config: { image: `registry.example/web:1@sha256:${'0'.repeat(64)}` },
          Resources: { CPU: 10, MemoryMB: 10 },
        },
      ],
    },
  ],
});

for (const [name, seed] of Object.entries(seeds)) {
  test(`${name}: unchanged it has no error, and renders`, (t) => {
    // The job of everything asks for what this fleet does not have.
    const { [richPath]: _rich, ...documents } = seed.documents;
    const source = sourceFrom({ ...seed, documents });
    const judged = judge(source, parsedJob);
    t.deepEqual(
      judged.findings.filter(({ severity }) => severity === 'error').map(({ message }) => message),
      [],
    );
    t.true(judged.trees.size > 0);
    t.deepEqual(complaintsOf(source, judged), []);
  });

  test(`${name}: whatever is changed, findings are sorted, each once and inside the files`, (t) => {
    fc.assert(
      fc.property(fc.array(mutations, { minLength: 1, maxLength: 3 }), (changes) => {
        const source = sourceFrom(mutate(seed, changes));
        t.deepEqual(complaintsOf(source, judge(source, parsedJob)), []);
      }),
      { seed: 20_260_301, numRuns: isLong ? 1500 : 10, endOnFailure: !isLong },
    );
  });
}
