import { checkSyntax } from '../../expression/check-syntax.ts';
import type { Fleet } from '../../kinds/kind.ts';
import { placeInValue } from '../../kinds/place-in-value.ts';
import type { EnvironmentSpec } from '../../kinds/project/schema.ts';
import { judgePromql } from '../../kinds/promql/judge-promql.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { FieldPath } from '../../model/resource.ts';
import type { Rule } from '../rule.ts';
import { environmentCodes } from './environment-codes.ts';
import { type OwnEnvironment, ownEnvironment } from './own-environment.ts';

/** What gates and checks ask can be asked. */
export const gates: Rule = (fleet) => {
  const own = ownEnvironment(fleet);
  if (own === undefined) return [];
  return [
    ...Object.entries(own.spec.gates ?? {}).flatMap(([name, gate]) => checkGate(fleet, own, name, gate)),
    ...rolloutChecks(fleet, own),
  ];
};

type Gate = NonNullable<EnvironmentSpec['gates']>[string];

function checkGate(fleet: Fleet, own: OwnEnvironment, name: string, gate: Gate): readonly Diagnostic[] {
  const problems = {
    http: gate.http === undefined || isHttpUrl(gate.http) ? undefined : `"${gate.http}" is no http(s) URL`,
    cel: gate.cel === undefined ? undefined : checkSyntax(gate.cel),
  };
  const found = Object.entries(problems).flatMap(([field, message]) =>
    message === undefined ? [] : [own.find(environmentCodes.gate, ['gates', name, field], message)],
  );
  return [...found, ...checkQuery(fleet, own, ['gates', name, 'promql'], gate.promql)];
}

/** The first of a query’s problems, at its word. */
function checkQuery(
  fleet: Fleet,
  { find }: OwnEnvironment,
  at: FieldPath,
  query: string | undefined,
): readonly Diagnostic[] {
  const [problem] = query === undefined ? [] : judgePromql(query).problems;
  if (query === undefined || problem === undefined) return [];
  const finding = find(environmentCodes.gate, at, problem.message, { hint: problem.hint });
  return [{ ...finding, span: placeInValue(fleet, finding.span, { value: query, part: problem.range }) }];
}

function rolloutChecks(fleet: Fleet, own: OwnEnvironment): readonly Diagnostic[] {
  const { find, spec } = own;
  const checks = spec.rollout?.checks ?? {};
  const at = ['rollout', 'checks'];
  const listed = Object.entries(checks).flatMap(([name, { promql }]) => {
    const step = Array.isArray(checks) ? Number(name) : name;
    return checkQuery(fleet, own, [...at, step, 'promql'], promql);
  });
  const names = Array.isArray(checks) ? checks.map(({ name }) => name) : [];
  const twice = names.flatMap((name, index) =>
    names.indexOf(name) === index
      ? []
      : [find(environmentCodes.checkTwice, [...at, index, 'name'], `there are two checks named ${name}`)],
  );
  return [...listed, ...twice];
}

function isHttpUrl(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && ['http:', 'https:'].includes(url.protocol);
}
