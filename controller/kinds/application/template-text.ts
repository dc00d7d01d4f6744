import { type SecretReference, secretPlaceholder } from '../../model/payload.ts';

/** A text for a Nomad template, with delimiters that occur nowhere in what is meant for the program. */
export interface TemplateText {
  readonly text: string;
  /** Absent: Nomad's own, `{{` and `}}`. */
  readonly delimiters?: readonly [string, string];
}

type Delimiters = readonly [string, string];

const standard: Delimiters = ['{{', '}}'];
const others: readonly Delimiters[] = [
  ['[[', ']]'],
  ['((', '))'],
  ['<<', '>>'],
];

/**
 * The text with each placeholder of a secret as a read from Vault. All else reaches the program as it is: where it holds
 * braces of its own, other delimiters are taken, which the template engine then looks for alone.
 */
export function templateText(text: string, secrets: readonly VaultRead[]): TemplateText {
  // An empty template is refused; one that says nothing writes an empty file.
  if (text === '') return { text: '{{ "" }}' };
  const own = secrets.reduce(
    (rest, { reference }) => rest.replaceAll(secretPlaceholder(reference), ''),
    text,
  );
  const delimiters = freeDelimiters(own);
  const written = secrets.reduce(
    (rest, { reference, dataPath }) =>
      rest.replaceAll(secretPlaceholder(reference), () =>
        readSecret(dataPath, reference.key, { delimiters }),
      ),
    text,
  );
  return delimiters === standard ? { text: written } : { text: written, delimiters };
}

export interface VaultRead {
  readonly reference: SecretReference;
  /** The path as Vault's API has it, with `data/` behind the mount. */
  readonly dataPath: string;
}

/** A template action that writes one key of a secret. */
export function readSecret(
  dataPath: string,
  key: string,
  options: { readonly delimiters?: Delimiters; readonly pipe?: string } = {},
): string {
  const [open, close] = options.delimiters ?? standard;
  const field = /^[A-Za-z_]\w*$/.test(key) ? `.Data.data.${key}` : `index .Data.data ${JSON.stringify(key)}`;
  const pipe = options.pipe === undefined ? '' : ` | ${options.pipe}`;
  const action = (words: string) => `${open} ${words} ${close}`;
  return `${action(`with secret ${JSON.stringify(dataPath)}`)}${action(`${field}${pipe}`)}${action('end')}`;
}

function freeDelimiters(text: string): Delimiters {
  const isFree = ([open, close]: Delimiters) => !text.includes(open) && !text.includes(close);
  if (!text.includes(standard[0])) return standard;
  const found = others.find(isFree);
  if (found !== undefined) return found;
  for (let number = 0; ; number++) {
    const made: Delimiters = [`<${number}<`, `>${number}>`];
    if (isFree(made)) return made;
  }
}
