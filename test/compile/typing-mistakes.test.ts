import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import test from 'ava';
import { findingsOf, readCase } from './read-case.ts';

const root = fileURLToPath(new URL('../bad/', import.meta.url));

/** What people do wrong while they type a fleet, and the folders of `test/bad` that show it. */
const mistakes: Readonly<Record<string, readonly string[]>> = {
  'braces meant for the program, eaten by a template': [
    'DRV0881-braces-of-vector',
    'DRV0881-labels-of-alerts',
  ],
  'a bind mount that the plugin refuses, and a volume that nobody mounts': [
    'DRV0587-bind-mount',
    'DRV0586-never-mounted',
  ],
  'two on distinct hosts with one client, and more memory than there is': [
    'DRV0551-distinct-hosts',
    'DRV0550-memory',
  ],
  'a maximum of memory without oversubscription': ['DRV0543-maximum-ignored'],
  'a backup beside its database on an exclusive volume': ['DRV0582-two-users'],
  'what YAML reads in another way': ['DRV0110-octal', 'DRV0111-yes', 'DRV0112-date', 'DRV0113-version'],
  'a server’s key in a folder that another environment reads too': ['DRV0501-key-of-another-environment'],
  'an image that is not pinned, against the policy of the fleet': ['DRV0930-image-not-pinned'],
  'the accessor of an auth method that is not there': ['DRV0408-auth'],
  'HCL that is not pure': [
    'DRV0331-looks-at-the-machine',
    'DRV0332-impure',
    'DRV0333-computed-path',
    'DRV0334-outside',
  ],
};

for (const [mistake, folders] of Object.entries(mistakes)) {
  test(`${mistake}: said once, where it is written`, (t) => {
    for (const folder of folders) {
      t.true(readdirSync(root).includes(folder), folder);
      const found = findingsOf(readCase(`${root}${folder}`));
      t.true(found.length > 0 && found.every(({ code }) => folder.startsWith(code)), folder);
      t.true(
        found.every(({ message, hint = '' }) => message !== '' && hint !== ''),
        folder,
      );
    }
  });
}
