import type { Fleet } from '../../kinds/kind.ts';
import type { VaultSecretSpec } from '../../kinds/vault-secret/schema.ts';
import type { Span } from '../../model/diagnostic.ts';
import { objectOf, objectsOf, textOf, textsOf } from '../../model/json-values.ts';
import { allGroups, type JobTask } from '../jobs/job-parts.ts';

interface Text {
  readonly what: string;
  readonly text: string;
  readonly locate: (word: string) => Span;
}

export interface AddressLookup {
  readonly name: string;
  readonly what: string;
  readonly locate: () => Span;
}

const address =
  /(?<![\w-])([a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\.service(?:\.[\w-]{1,63})?\.consul(?![\w-])/gi;

/** Services that texts name by their address in Consul’s DNS: `postgres.service.consul`. */
export function addressLookups(fleet: Fleet): readonly AddressLookup[] {
  return textsOfFleet(fleet).flatMap(({ what, text, locate }) =>
    [...text.matchAll(address)].map(([, name = '']) => ({
      name: name.toLowerCase(),
      what,
      locate: () => locate(name),
    })),
  );
}

function textsOfFleet(fleet: Fleet): readonly Text[] {
  return [
    ...allGroups(fleet).flatMap(({ tasks }) => tasks.flatMap((task) => textsOfTask(task))),
    ...fleet.byKind<VaultSecretSpec>('VaultSecret').flatMap((secret) =>
      Object.entries(secret.spec.keys).map(([key, { template = '' }]) => ({
        what: `the template of ${key}`,
        text: template,
        locate: () => secret.locate(['spec', 'keys', key, 'template']),
      })),
    ),
  ];
}

function textsOfTask({ task, name, locate }: JobTask): readonly Text[] {
  const env = Object.entries(objectOf(task['Env'])).map(([attribute, value]) => ({
    what: `the variable ${attribute}`,
    text: textOf(value),
    locate: (word: string) => locate({ block: 'env', attribute, words: [word] }),
  }));
  const args = textsOf(objectOf(task['Config'])['args']).map((text) => ({
    what: `args of ${name}`,
    text,
    locate: (word: string) => locate({ block: 'config', attribute: 'args', words: [word] }),
  }));
  const templates = objectsOf(task['Templates']).map((template, label) => ({
    what: `a template of ${name}`,
    text: textOf(template['EmbeddedTmpl']),
    locate: (word: string) => locate({ block: 'template', label, attribute: 'data', words: [word] }),
  }));
  return [...env, ...args, ...templates];
}
