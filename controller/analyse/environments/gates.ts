import { checkSyntax } from '../../expression/check-syntax.ts';
import type { EnvironmentSpec } from '../../kinds/project/schema.ts';
import { promqlProblem } from '../../kinds/promql.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Rule } from '../rule.ts';
import { environmentCodes } from './environment-codes.ts';
import { type OwnEnvironment, ownEnvironment } from './own-environment.ts';

/** What gates and checks ask can be asked. */
export const gates: Rule = (fleet) => {
  const own = ownEnvironment(fleet);
  if (own === undefined) return [];
  return [
    ...Object.entries(own.spec.gates ?? {}).flatMap(([name, gate]) => checkGate(own, name, gate)),
    ...rolloutChecks(own),
  ];
};

type Gate = NonNullable<EnvironmentSpec['gates']>[string];

function checkGate({ find }: OwnEnvironment, name: string, gate: Gate): readonly Diagnostic[] {
  const problems = {
    promql: gate.promql === undefined ? undefined : promqlProblem(gate.promql),
    http: gate.http === undefined || isHttpUrl(gate.http) ? undefined : `"${gate.http}" is no http(s) URL`,
    cel: gate.cel === undefined ? undefined : checkSyntax(gate.cel),
  };
  return Object.entries(problems).flatMap(([field, message]) =>
    message === undefined ? [] : [find(environmentCodes.gate, ['gates', name, field], message)],
  );
}

function rolloutChecks({ find, spec }: OwnEnvironment): readonly Diagnostic[] {
  const checks = spec.rollout?.checks ?? {};
  const at = ['rollout', 'checks'];
  const listed = Object.entries(checks).flatMap(([name, { promql }]) => {
    const problem = promqlProblem(promql);
    const step = Array.isArray(checks) ? Number(name) : name;
    return problem === undefined ? [] : [find(environmentCodes.gate, [...at, step, 'promql'], problem)];
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
