import { didYouMean } from '../../model/nearest.ts';
import type { RuleAttribute } from './parse-rules.ts';
import type { RuleProblem } from './rule-problem.ts';
import { namesOf, type RuleSchema } from './rule-words.ts';

/** What is wrong with `policy = …`, `capabilities = […]`, or with a field that is neither. */
export function attributeProblems(
  attribute: RuleAttribute,
  schema: RuleSchema,
  where: string,
): readonly RuleProblem[] {
  const { name, values } = attribute;
  const words = wordsOf(name.value, schema);
  if (words === undefined) {
    const names = namesOf(schema);
    const hint = didYouMean(name.value, names) ?? `one of ${names.join(', ')}`;
    return [{ message: `${where} knows no ${name.value}`, hint, at: name.at, end: name.end }];
  }
  const form = formProblem(attribute);
  if (form !== undefined) return [{ message: form, at: name.at, end: name.end }];
  return values
    .filter(({ value }) => !words.includes(value))
    .map(({ value, at, end }) => ({
      message: `"${value}" is no ${name.value === 'policy' ? 'policy' : 'capability'} of ${where}`,
      hint: didYouMean(value, words) ?? `one of ${words.join(', ')}`,
      at,
      end,
    }));
}

function wordsOf(name: string, schema: RuleSchema): readonly string[] | undefined {
  if (name === 'policy') return schema.policies;
  return name === 'capabilities' ? schema.capabilities : undefined;
}

function formProblem({ name, isList, values }: RuleAttribute): string | undefined {
  const wantsList = name.value === 'capabilities';
  if (isList !== wantsList) {
    return wantsList ? 'capabilities are a list, also of one: ["read-job"]' : 'a policy is one word, no list';
  }
  const bare = values.find(({ kind }) => kind !== 'text');
  return bare === undefined ? undefined : `"${bare.value}" needs its quotes`;
}
