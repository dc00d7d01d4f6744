import { didYouMean } from '../../model/nearest.ts';
import { parseRules, type RuleBlock, type RuleWord } from './parse-rules.ts';
import { type RuleSchema, ruleSchema } from './rule-words.ts';

export interface RuleProblem {
  readonly message: string;
  readonly hint?: string | undefined;
  readonly at: number;
  readonly end: number;
}

/** What Nomad would refuse in a policy, or pass over without a word. */
export function ruleProblems(text: string): readonly RuleProblem[] {
  const parsed = parseRules(text);
  return parsed.ok
    ? bodyProblems(parsed.body, ruleSchema, 'a policy')
    : [{ message: `the rules can’t be read: ${parsed.message}`, at: parsed.at, end: parsed.end }];
}

/** The namespaces that the rules name; patterns left out. */
export function ruleNamespaces(text: string): readonly RuleWord[] {
  const parsed = parseRules(text);
  if (!parsed.ok) return [];
  return parsed.body.blocks
    .filter(({ name }) => name.value === 'namespace')
    .flatMap(({ labels }) => labels.slice(0, 1))
    .filter(({ value }) => !value.includes('*'));
}

type Body = Pick<RuleBlock, 'attributes' | 'blocks'>;

function bodyProblems(body: Body, schema: RuleSchema, where: string): readonly RuleProblem[] {
  return [
    ...body.attributes.flatMap((attribute) => attributeProblems(attribute, schema, where)),
    ...body.blocks.flatMap((block) => blockProblems(block, schema, where)),
  ];
}

function blockProblems(block: RuleBlock, schema: RuleSchema, where: string): readonly RuleProblem[] {
  const { name, labels } = block;
  const own = schema.blocks?.[name.value];
  if (own === undefined) return [unknown(name, namesOf(schema), where)];
  const label = labels[0]?.value ?? '';
  const said = own.hasLabel === true ? `${name.value} "${label}"` : name.value;
  const isNameless = own.hasLabel === true && label === '';
  return [
    ...(isNameless
      ? [{ message: `the block ${name.value} says of no name which`, at: name.at, end: name.end }]
      : []),
    ...bodyProblems(block, own, said),
  ];
}

function attributeProblems(
  { name, values }: RuleBlock['attributes'][number],
  schema: RuleSchema,
  where: string,
): readonly RuleProblem[] {
  const words =
    name.value === 'policy'
      ? schema.policies
      : name.value === 'capabilities'
        ? schema.capabilities
        : undefined;
  if (words === undefined) return [unknown(name, namesOf(schema), where)];
  return values
    .filter(({ value }) => !words.includes(value))
    .map(({ value, at, end }) => ({
      message: `"${value}" is no ${name.value === 'policy' ? 'policy' : 'capability'} of ${where}`,
      hint: didYouMean(value, words) ?? `one of ${words.join(', ')}`,
      at,
      end,
    }));
}

function unknown({ value, at, end }: RuleWord, names: readonly string[], where: string): RuleProblem {
  return {
    message: `${where} knows no ${value}`,
    hint: didYouMean(value, names) ?? `one of ${names.join(', ')}`,
    at,
    end,
  };
}

function namesOf(schema: RuleSchema): readonly string[] {
  return [
    ...(schema.policies === undefined ? [] : ['policy']),
    ...(schema.capabilities === undefined ? [] : ['capabilities']),
    ...Object.keys(schema.blocks ?? {}),
  ];
}
