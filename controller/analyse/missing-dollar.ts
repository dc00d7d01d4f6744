import { findingOf } from '../model/diagnostic-code.ts';
import type { Json } from '../model/json.ts';
import type { FieldPath } from '../model/resource.ts';
import { analyseCodes } from './analyse-codes.ts';
import type { Rule } from './rule.ts';

/** Braces around a variable of the environment: those of other programs know none of that name. */
const bare = /(?<!\$)\{\{-?\s*vars\.([A-Za-z_]\w*)\s*-?\}\}/;

/** An expression of ours begins with a dollar; without it the braces stay as they are. */
export const missingDollar: Rule = (fleet) => {
  const { vars } = fleet.environment;
  return fleet.resources.flatMap((resource) =>
    textsIn(resource.spec, ['spec']).flatMap(({ text, at }) => {
      const [written, name] = bare.exec(text) ?? [];
      if (written === undefined || name === undefined || !Object.hasOwn(vars, name)) return [];
      const message = `${written} stays as it is: it has no dollar`;
      const hint = `write \${{ vars.${name} }}`;
      return [findingOf(analyseCodes.missingDollar, { span: resource.locate(at), message, hint })];
    }),
  );
};

function textsIn(value: Json, at: FieldPath): readonly { readonly text: string; readonly at: FieldPath }[] {
  if (typeof value === 'string') return value.includes('{{') ? [{ text: value, at }] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([step, item]) =>
    textsIn(item, [...at, Array.isArray(value) ? Number(step) : step]),
  );
}
