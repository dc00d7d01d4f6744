import type { MachineText } from '../../kinds/server/machine-view.ts';
import { secretPlaceholder } from '../../model/payload.ts';

/** What is put where a secret will be: a number by itself, a text in quotes, a word of a command. */
const standIn = '0';

/** The text as programs would read it, each secret being some harmless word; bytes that are no text are cut out. */
export function textOf({ bytes, secrets }: Pick<MachineText, 'bytes' | 'secrets'>, word = standIn): string {
  const text = new TextDecoder().decode(bytes);
  return secrets.reduce((rest, secret) => rest.replaceAll(secretPlaceholder(secret), () => word), text);
}
