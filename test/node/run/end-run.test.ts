import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import { createStateStore } from '../../../controller/node/journal/state-store.ts';
import { endApplied } from '../../../controller/node/run/end-run.ts';
import type { RunContext } from '../../../controller/node/run/run-context.ts';
import { createFakeClock } from '../../fakes/clock.ts';
import { makeKeys, makeManifest } from '../make-payload.ts';

test('a payload that ends well is forgiven its interruptions: only tries in a row count', async (t) => {
  const stateDirectory = await mkdtemp(join(tmpdir(), 'drover-end-'));
  t.teardown(() => rm(stateDirectory, { recursive: true, force: true }));
  const store = createStateStore(stateDirectory);
  const manifest = makeManifest(await makeKeys());
  const { hash, attempt } = manifest;
  await store.update((state) => ({ ...state, interrupted: { hash, attempt, count: 2 } }));
  const log = () => undefined;
  const manager = {} as RunContext['manager'];
  const logger = { info: log, warn: log, error: log };
  const context = { root: '/', stateDirectory, store, manager, clock: createFakeClock(), logger };
  await endApplied({ id: 'a', step: 'confirming', manifest }, context);
  const { interrupted, applied, state } = await store.read();
  t.deepEqual([interrupted, applied?.hash, state], [undefined, hash, 'applied']);
});
