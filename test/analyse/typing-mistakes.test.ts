import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import test from 'ava';
import { briefly, findingsOf, readCase, readTwin } from '../compile/read-case.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** The ten mistakes that people make while typing, and the folders in which each is made alone. */
const mistakes: Readonly<Record<string, readonly string[]>> = {
  'braces that are meant for the program, eaten by the template of a Nomad task': [
    'DRV0881-braces-of-vector',
    'DRV0881-field-of-nothing',
    'DRV0881-labels-of-alerts',
  ],
  'a bind mount that the docker plugin refuses, and a path that nobody mounts': [
    'DRV0587-bind-mount',
    'DRV0587-mount-block',
    'DRV0585-undeclared-mount',
    'DRV0586-never-mounted',
  ],
  'distinct hosts with too few clients, and more memory than any client has': [
    'DRV0551-distinct-hosts',
    'DRV0550-memory',
  ],
  'memoryMax without memory oversubscription': ['DRV0543-maximum-ignored'],
  'a backup next to a database, whose volume is then not exclusive': [
    'DRV0582-two-users',
    'DRV0583-two-writers',
  ],
  'octal modes, versions that are numbers, On and Yes, dates without quotes': [
    'DRV0110-octal',
    'DRV0111-yes',
    'DRV0112-date',
    'DRV0113-version',
  ],
  'a server key of one environment in a folder that another reads too': [
    'DRV0501-key-of-another-environment',
  ],
  'an image that is not pinned, against the fleet’s own policy': ['DRV0930-image-not-pinned'],
  'a policy that needs the accessor of an auth mount': ['DRV0679-accessor', 'DRV0408-auth'],
  'HCL that reads the machine, leaves the repository, or differs at each parse': [
    'DRV0331-looks-at-the-machine',
    'DRV0332-impure',
    'DRV0333-computed-path',
    'DRV0334-outside',
    'DRV0335-missing',
  ],
};

for (const [mistake, folders] of Object.entries(mistakes)) {
  test(`found with its place, and gone once corrected: ${mistake}`, (t) => {
    for (const folder of folders) {
      const [found, ...others] = findingsOf(readCase(`${root}bad/${folder}`));
      t.true(found !== undefined && folder.startsWith(found.code), folder);
      t.deepEqual(others, []);
      const expected = readFileSync(`${root}bad/${folder}/expected.txt`, 'utf8');
      t.is(found === undefined ? '' : `${briefly(found)}\n`, expected, folder);
      t.truthy(found?.hint, folder);
      t.deepEqual(findingsOf(readTwin(`${root}bad/${folder}`, `${root}good/${folder}`)), []);
    }
  });
}

test('they are the ten that the language is made against', (t) => {
  t.is(Object.keys(mistakes).length, 10);
});
