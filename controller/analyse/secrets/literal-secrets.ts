import { findingOf } from '../../model/diagnostic-code.ts';
import { secretInText, secretInValue, secretSetting } from '../../model/secret-form.ts';
import { eachPlaceOnce } from '../each-place-once.ts';
import type { Rule } from '../rule.ts';
import { type Literal, literalsOf } from './literals.ts';
import { secretCodes } from './secret-codes.ts';

/** No literal in the definitions looks like a secret. The value is never repeated. */
export const literalSecrets: Rule = (fleet) =>
  // A migration has the environment of its application.
  eachPlaceOnce(
    literalsOf(fleet).flatMap((literal) => {
      const found = lookAt(literal);
      if (found === undefined) return [];
      const { what, words } = found;
      const message = `${literal.where} holds what looks like ${what}`;
      return [findingOf(secretCodes.literal, { span: literal.locate(words), message })];
    }),
  );

interface Look {
  readonly what: string;
  /** Where it stands in the text. */
  readonly words: readonly string[];
}

function lookAt({ name, text }: Literal): Look | undefined {
  const what = name === '' ? secretInText(text) : secretInValue(name, text);
  if (what !== undefined) return { what, words: [] };
  const setting = secretSetting(text);
  return setting === undefined
    ? undefined
    : { what: `a secret, by the name ${setting.name}`, words: [setting.name, setting.value] };
}
