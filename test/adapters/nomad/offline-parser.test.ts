import test from 'ava';
import { createOfflineParser } from '../../../controller/adapters/nomad/offline-parser.ts';
import { UnavailableError } from '../../../controller/model/errors.ts';
import type { ParseRequest } from '../../../controller/ports/job-parser.ts';

const signal = AbortSignal.timeout(60_000);
const request: ParseRequest = { path: 'a.nomad.hcl', hcl: 'job "a" {}', variables: {}, files: new Map() };

for (const [binary, why] of [
  ['/bin/true', 'is no nomad program: it printed no job'],
  ['/bin/false', 'is no nomad program: it printed no version'],
  ['/nowhere/nomad', "can't run (ENOENT)"],
] as const) {
  test(`what ${binary} says is never taken for Nomad's word on a job`, async (t) => {
    await t.throwsAsync(createOfflineParser({ binary }).parse(request, signal), {
      instanceOf: UnavailableError,
      message: `${binary} ${why}`,
    });
  });
}
