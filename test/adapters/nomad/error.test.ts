import test from 'ava';
import { nomadError } from '../../../controller/adapters/nomad/error.ts';
import { RejectedError, UnavailableError } from '../../../controller/model/errors.ts';

const answered = (text: string) => nomadError({ status: 500, headers: {}, text }, 'POST /v1/jobs');

test('a job that Nomad can not complete is refused for good, not tried again and again', (t) => {
  const error = answered('error in job mutator expose-check: connect expose check: invalid network mode');
  t.true(error instanceof RejectedError);
});

test('a text that nobody knows is a passing failure', (t) => {
  t.true(answered('No cluster leader') instanceof UnavailableError);
});
