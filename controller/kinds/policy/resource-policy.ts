import { Type } from 'typebox';
import { Check } from 'typebox/value';
import type { Environment, ResourcePolicy } from '../../model/environment.ts';
import type { Json } from '../../model/json.ts';
import type { Resource } from '../../model/resource.ts';
import { compileResourceRule } from './resource-rule.ts';
import { type PolicySpec, policySchema } from './schema.ts';

const noMagnitudes = { listLength: 0, textLength: 0 } as const;

/** What the environment's rules carry of a policy over definitions: all that its verdict hangs on. */
export function resourcePolicyOf(
  { metadata, spec }: Resource<PolicySpec>,
  environment: Pick<Environment, 'name' | 'vars'>,
): ResourcePolicy | undefined {
  const { on, match, rule, message, level = 'Error', environments } = spec;
  if (on === 'Plan') return undefined;
  if (environments !== undefined && !environments.includes(environment.name)) return undefined;
  const vars = varsRead(rule, environment.vars);
  return {
    name: metadata.name,
    ...(match === undefined ? {} : { match: sortedMatch(match) }),
    rule,
    message,
    level,
    ...(vars === undefined ? {} : { vars }),
  };
}

/** The same choice, the same bytes. */
function sortedMatch({ kinds, namespaces, labels }: NonNullable<PolicySpec['match']>) {
  return {
    ...(kinds === undefined ? {} : { kinds: [...new Set(kinds)].sort() }),
    ...(namespaces === undefined ? {} : { namespaces: [...new Set(namespaces)].sort() }),
    ...(labels === undefined ? {} : { labels }),
  };
}

/** Other variables may change without the rule being another. */
function varsRead(text: string, vars: Environment['vars']): Record<string, Json> | undefined {
  if (!text.includes('vars')) return undefined;
  const compiled = compileResourceRule(text, noMagnitudes);
  if (!compiled.ok || !compiled.rule.reads.has('vars')) return undefined;
  const names = compiled.rule.membersOf('vars');
  return Object.fromEntries(Object.entries(vars).filter(([name]) => names?.has(name) !== false));
}

const { match, rule, message } = policySchema.properties;
const schema = Type.Array(
  Type.Object({
    name: Type.String(),
    match,
    rule,
    message,
    level: Type.Union([Type.Literal('Error'), Type.Literal('Warning')]),
    vars: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
  }),
);

/** Whether a value read from elsewhere is a list of policies, each of which can be asked. */
export function isResourcePolicies(value: unknown): value is readonly ResourcePolicy[] {
  return Check(schema, value);
}
