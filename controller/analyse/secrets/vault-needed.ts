import { findingOf } from '../../model/diagnostic-code.ts';
import { allTemplates, type TaskTemplate } from '../jobs/task-templates.ts';
import type { Rule } from '../rule.ts';
import { secretCodes } from './secret-codes.ts';
import { vaultBlock } from './vault-access.ts';

const ofVault: ReadonlySet<string> = new Set(['secret', 'secrets', 'pkiCert']);

/** A task whose templates read from Vault has a token for it, and keeps what it reads below secrets/. */
export const vaultNeeded: Rule = (fleet) => {
  const reading = allTemplates(fleet).filter(({ facts }) =>
    facts.reads.some(({ call }) => ofVault.has(call)),
  );
  const tokenless = [...Map.groupBy(reading, ({ task }) => task.task).values()].flatMap(([first]) =>
    first !== undefined && vaultBlock(first.group, first.task) === undefined ? [first] : [],
  );
  return [
    ...tokenless.map(({ task, facts, locate }) =>
      findingOf(secretCodes.withoutVault, {
        span: locate(
          'data',
          ...facts.reads
            .filter(({ call }) => ofVault.has(call))
            .slice(0, 1)
            .map(({ argument }) => argument),
        ),
        message: `a template of ${task.name} reads from Vault, and the task has no vault block`,
      }),
    ),
    ...reading
      .filter((template) => readsValues(template) && !isKept(template.destination))
      .map(({ task, destination, locate }) =>
        findingOf(secretCodes.readable, {
          span: locate('destination'),
          message: `a template of ${task.name} writes a secret to ${destination}`,
        }),
      ),
  ];
};

/** A list of names tells no value. */
function readsValues({ facts, destination }: TaskTemplate): boolean {
  return destination !== '' && facts.reads.some(({ call }) => call === 'secret' || call === 'pkiCert');
}

function isKept(destination: string): boolean {
  return /^(?:\.?\/)?(?:secrets\/|\$\{NOMAD_SECRETS_DIR\})/.test(destination);
}
