import { execFile } from 'node:child_process';
import { readdir, truncate } from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import { createFakeMachine, type FakeMachine } from './fake-go.ts';

const main = path.join(import.meta.dirname, '../../scripts/toolchain/main.ts');

function ensure(machine: FakeMachine): Promise<{ code: number; output: string; errors: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [main], { env: machine.env, timeout: 60_000 }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : 1, output: stdout, errors: stderr });
    });
  });
}

test('what is missing is built once, and the next call finds all of it in the cache', async (t) => {
  const machine = await createFakeMachine(t, { go: true });
  const first = await ensure(machine);
  t.is(first.code, 0, first.errors);
  t.deepEqual((await machine.builds()).toSorted(), ['consul', 'gitea', 'node_exporter', 'nomad', 'vault']);
  const second = await ensure(machine);
  t.is(second.code, 0);
  t.is((await machine.builds()).length, 5);
  t.regex(second.output, /nomad +1\.11\.3 +cache/);
});

test('nothing of the build stays but the finished entries', async (t) => {
  const machine = await createFakeMachine(t, { go: true });
  await ensure(machine);
  const entries = await readdir(machine.cache);
  t.is(entries.length, 5);
  t.deepEqual(
    entries.filter((name) => name.startsWith('.')),
    [],
  );
});

test('an entry that was cut short is built again, the others are not', async (t) => {
  const machine = await createFakeMachine(t, { go: true });
  await ensure(machine);
  const entry = (await readdir(machine.cache)).find((name) => name.startsWith('vault-')) ?? '';
  await truncate(path.join(machine.cache, entry, 'vault'), 5);
  t.is((await ensure(machine)).code, 0);
  t.is((await machine.builds()).filter((name) => name === 'vault').length, 2);
  t.is((await machine.builds()).length, 6);
});

test('two processes that need the same build it once', async (t) => {
  const machine = await createFakeMachine(t, { go: true });
  const both = await Promise.all([ensure(machine), ensure(machine)]);
  t.deepEqual(
    both.map(({ code }) => code),
    [0, 0],
  );
  t.is((await machine.builds()).length, 5);
  t.true(both.some(({ errors }) => errors.includes('is building; waiting for it')));
});

test('a program of the same minor release on PATH is used and said, another is passed over', async (t) => {
  const machine = await createFakeMachine(t, { go: true });
  await machine.addProgram('nomad', '#!/bin/sh\necho "Nomad v1.11.9"\n');
  await machine.addProgram('consul', '#!/bin/sh\necho "Consul v1.22.0"\n');
  const { output, errors } = await ensure(machine);
  t.regex(output, /nomad +1\.11\.9 +PATH/);
  t.regex(output, /consul +1\.20\.5 +build/);
  t.true(errors.includes('is 1.11.9; tried with 1.11.3'));
  t.true(errors.includes('is 1.22.0; 1.20.5 is needed'));
});

test('without Go the error says what to install', async (t) => {
  const machine = await createFakeMachine(t, { go: false });
  const { code, errors } = await ensure(machine);
  t.is(code, 1);
  t.regex(errors, /nomad 1\.11\.3.*Install these programs, or Go/s);
});
