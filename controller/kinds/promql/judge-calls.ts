import type { Expression } from './expression.ts';
import type { PromqlProblem } from './promql-problem.ts';
import { aggregations, type PromqlType, signatures } from './signatures.ts';
import { excerpt, nameOf, typeWords } from './written.ts';

export function callProblem(
  call: Expression,
  types: readonly PromqlType[],
  query: string,
): PromqlProblem | undefined {
  const name = nameOf(call, query);
  const signature = signatures.get(name);
  if (signature === undefined) return undefined;
  const { args, optional, repeats } = signature;
  const most = repeats ? Number.POSITIVE_INFINITY : args.length;
  return (
    countProblem(call, name, { least: args.length - optional, most }) ??
    firstMisfit(call, types, { name, wanted: args, query })
  );
}

export function aggregateProblem(
  aggregate: Expression,
  types: readonly PromqlType[],
  query: string,
): PromqlProblem | undefined {
  const name = nameOf(aggregate, query).toLowerCase();
  if (!aggregations.has(name)) return undefined;
  const parameter = aggregations.get(name);
  const wanted: readonly PromqlType[] = parameter === undefined ? ['vector'] : [parameter, 'vector'];
  return (
    countProblem(aggregate, name, { least: wanted.length, most: wanted.length }) ??
    firstMisfit(aggregate, types, { name, wanted, query })
  );
}

function countProblem(
  call: Expression,
  name: string,
  { least, most }: { readonly least: number; readonly most: number },
): PromqlProblem | undefined {
  const given = call.args.length;
  if (given >= least && given <= most) return undefined;
  const bound = given < least ? least : most;
  const exact = least === most ? '' : given < least ? 'at least ' : 'at most ';
  const message = `${name} takes ${exact}${bound === 0 ? 'no' : bound} argument${bound === 1 ? '' : 's'}, and has ${given}`;
  return { about: 'types', message, hint: 'look at what it takes', range: call.name };
}

interface Taken {
  readonly name: string;
  readonly wanted: readonly PromqlType[];
  readonly query: string;
}

function firstMisfit(
  { args }: Expression,
  types: readonly PromqlType[],
  { name, wanted, query }: Taken,
): PromqlProblem | undefined {
  for (const [index, arg] of args.entries()) {
    const type = types[index] ?? 'unknown';
    const takes = wanted[Math.min(index, wanted.length - 1)] ?? 'unknown';
    if (type === takes || type === 'unknown' || takes === 'unknown') continue;
    const written = excerpt(query, arg.range);
    const message = `${name} takes ${typeWords[takes]} here, and ${written} is ${typeWords[type]}`;
    return { about: 'types', message, hint: hintFor(arg, { written, name, type, takes }), range: arg.range };
  }
  return undefined;
}

function hintFor(
  { form }: Expression,
  misfit: {
    readonly written: string;
    readonly name: string;
    readonly type: PromqlType;
    readonly takes: PromqlType;
  },
): string {
  const { written, name, type, takes } = misfit;
  if (takes === 'range' && type === 'vector') {
    return form === 'selector'
      ? `write the range behind the metric, as ${written}[5m]`
      : 'take the function of the metric itself, as rate(requests_total[5m]), or write a subquery, as (…)[30m:1m]';
  }
  if (takes === 'vector' && type === 'range') {
    return `a range becomes a vector by a function, as ${name}(rate(${written}))`;
  }
  return takes === 'text' ? 'write the text in quotes' : `write ${typeWords[takes]} in its place`;
}
