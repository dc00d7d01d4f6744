import { didYouMean } from '../../model/nearest.ts';
import { attributeProblems } from './attribute-problems.ts';
import { parseRules, type RuleBlock, type RuleWord } from './parse-rules.ts';
import type { RuleProblem } from './rule-problem.ts';
import { namesOf, type RuleSchema, ruleSchema } from './rule-words.ts';

/** What Nomad would refuse in a policy, or pass over without a word. */
export function ruleProblems(text: string): readonly RuleProblem[] {
  const parsed = parseRules(text);
  if (!parsed.ok) {
    return [{ message: `the rules can’t be read: ${parsed.message}`, at: parsed.at, end: parsed.end }];
  }
  const { body, isJson } = parsed;
  const isEmpty = body.blocks.length === 0 && body.attributes.length === 0;
  if (isEmpty && !isJson && text !== '') {
    return [{ message: 'the rules hold no block, which Nomad refuses', at: 0, end: text.length }];
  }
  return bodyProblems(body, ruleSchema, 'a policy');
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
    ...body.blocks.flatMap((block, index) =>
      blockProblems(block, { schema, where, former: body.blocks.slice(0, index) }),
    ),
  ];
}

function blockProblems(
  block: RuleBlock,
  around: { schema: RuleSchema; where: string; former: readonly RuleBlock[] },
): readonly RuleProblem[] {
  const { name, labels } = block;
  const own = around.schema.blocks?.[name.value];
  if (own === undefined) {
    const names = namesOf(around.schema);
    const hint = didYouMean(name.value, names) ?? `one of ${names.join(', ')}`;
    return [problem(name, `${around.where} knows no ${name.value}`, hint)];
  }
  const where = own.label === undefined ? name.value : `${name.value} "${labels[0]?.value ?? ''}"`;
  const isTwin = own.label === undefined && around.former.some((one) => one.name.value === name.value);
  return [
    ...(isTwin ? [problem(name, `${name.value} is said twice, and only the first would count`)] : []),
    ...labelProblems(block, own),
    ...lackProblems(block, own, where),
    ...bodyProblems(block, own, where),
  ];
}

function labelProblems({ name, labels }: RuleBlock, { label: pattern }: RuleSchema): readonly RuleProblem[] {
  const [label] = labels;
  const surplus = labels[pattern === undefined ? 0 : 1];
  if (surplus !== undefined) return [problem(surplus, `${name.value} has a label too many`)];
  if (pattern === undefined) return [];
  if (label === undefined || label.value === '') {
    return [problem(label ?? name, `the block ${name.value} says of no name which`)];
  }
  return pattern.test(label.value)
    ? []
    : [problem(label, `Nomad refuses "${label.value}" as the label of ${name.value}`)];
}

function lackProblems(block: RuleBlock, schema: RuleSchema, where: string): readonly RuleProblem[] {
  const hasPolicy = block.attributes.some(({ name }) => name.value === 'policy');
  if (schema.needsPolicy === true && !hasPolicy) return [problem(block.name, `${where} needs a policy`)];
  if (schema.needsBlock !== true || block.blocks.length > 0) return [];
  const names = Object.keys(schema.blocks ?? {});
  return [problem(block.name, `${where} needs a block ${names.join(' or ')}`)];
}

function problem({ at, end }: RuleWord, message: string, hint?: string): RuleProblem {
  return { message, hint, at, end };
}
