import test from 'ava';
import { compareJob } from '../../../controller/apply/l2/compare-job.ts';
import type { Json, JsonObject } from '../../../controller/model/json.ts';

const withConnect = (connect: Json): JsonObject => ({
  ID: 'web',
  TaskGroups: [{ Name: 'web', Services: [{ Name: 'web', PortLabel: '9001', Connect: connect }], Tasks: [] }],
});

for (const connect of [
  { SidecarService: {} },
  { Gateway: { Mesh: {} } },
  { Gateway: { Ingress: {} } },
  { Gateway: { Terminating: {} } },
] as const) {
  test(`a block that says all by being there is a difference: ${JSON.stringify(connect)}`, (t) => {
    const [there, absent] = [withConnect(connect), withConnect(null)];
    t.deepEqual(compareJob(there, there), []);
    t.not(compareJob(there, absent).length, 0);
    t.not(compareJob(absent, there).length, 0);
  });
}

test('the same block as the server stores it, with all its fields empty, is none', (t) => {
  const stored = { Native: false, Gateway: null, SidecarTask: null };
  const sidecar = { Port: '', Proxy: null, Tags: null, Meta: null, DisableDefaultTCPCheck: false };
  const live = withConnect({ ...stored, SidecarService: sidecar });
  t.deepEqual(compareJob(withConnect({ SidecarService: {} }), live), []);
});
