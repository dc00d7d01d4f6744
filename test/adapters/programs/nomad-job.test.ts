import test from 'ava';
import * as fc from 'fast-check';
import { nomadJobForm } from '../../../controller/adapters/programs/nomad-job.ts';

const messagesOf = (output: string) => nomadJobForm.problems(output).map(({ message }) => message);

/** As Nomad 1.11.3 prints it: lists in lists, none of them indented, each closed by empty lines. */
const refusal = `
Driver configuration not validated since connection to Nomad agent couldn't be established.

Job validation errors:
4 errors occurred:
	* Constraint 1 validation failed: 1 error occurred:
	* Regular expression failed to compile: error parsing regexp: missing closing ): \`(\`


	* Task group g validation failed: 3 errors occurred:
	* minimum DiskMB value is 10; got 1
	* Task group network validation failed: 1 error occurred:
	* Port a (99999) cannot be greater than 65535


	* Task t validation failed: 2 errors occurred:
	* 1 error occurred:
	* MemoryMaxMB value (50) should be larger than MemoryMB value (100)


	* Volume Mount (0) references undefined volume z




	* Periodic can only be used with "batch" or "sysbatch" scheduler
	* 1 error occurred:
	* Invalid cron spec "bad": missing field(s)


`;

test('each problem is told with the parts of the job around it', (t) => {
  t.deepEqual(messagesOf(refusal), [
    'Constraint 1: Regular expression failed to compile: error parsing regexp: missing closing ): `(`',
    'Task group g: minimum DiskMB value is 10; got 1',
    'Task group g: Task group network: Port a (99999) cannot be greater than 65535',
    'Task group g: Task t: MemoryMaxMB value (50) should be larger than MemoryMB value (100)',
    'Task group g: Task t: Volume Mount (0) references undefined volume z',
    'Periodic can only be used with "batch" or "sysbatch" scheduler',
    'Invalid cron spec "bad": missing field(s)',
  ]);
});

test('JSON that is no job is told in the words of the reader', (t) => {
  const output =
    'Error getting job struct: Failed to parse JSON job: json: cannot unmarshal number into Go struct field .Job\n';
  t.deepEqual(messagesOf(output), ['json: cannot unmarshal number into Go struct field .Job']);
});

test('a word about this machine is none about the job', (t) => {
  t.deepEqual(messagesOf('Error getting job struct: Error getting jobfile from "x": no such file\n'), []);
  t.deepEqual(
    messagesOf('Driver configuration not validated since no connection\n\nJob validation successful\n'),
    [],
  );
});

test('a sentence of several lines stays one, and one that is no list is told as it is', (t) => {
  t.deepEqual(messagesOf('Job validation errors:\n1 error occurred:\n\t* one\n  two\n\n'), ['one two']);
  t.deepEqual(messagesOf('Job validation errors:\nall of it\n'), ['all of it']);
});

test('no agent is ever asked', (t) => {
  t.true(nomadJobForm.args(['/tmp/x/job.json'], '/tmp/x').includes('-address=unix:///tmp/x/no-agent.sock'));
});

test('names of a job that look like lists cost no more than their length', (t) => {
  const deep = `Job validation errors:\n1 error occurred:\n${'\t* x: 9 errors occurred:\n'.repeat(20_000)}`;
  t.true(messagesOf(deep).length <= 20_000);
  const line = fc.constantFrom(
    '\t* a',
    '\t* b: 2 errors occurred:',
    '\t* 3 errors occurred:',
    '',
    'x',
    '* ',
    '\t* 99999999 errors occurred:',
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 40 }), (lines) => {
      const found = messagesOf(['Job validation errors:', '9 errors occurred:', ...lines].join('\n'));
      return found.length <= lines.length && found.every((message) => message.length <= 500);
    }),
  );
});
