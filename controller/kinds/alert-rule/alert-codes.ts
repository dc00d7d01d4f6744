import type { PromqlProblem } from '../../kinds/promql/promql-problem.ts';
import type { CodeEntry } from '../../model/diagnostic-code.ts';

/** Findings about alert rules. */
export const alertCodes = {
  expression: {
    code: 'DRV0935',
    severity: 'error',
    title: 'Alert whose query can’t be read',
    why: 'Prometheus refuses the whole rule file when one query does not parse.',
    fix: 'correct the query',
  },
  label: {
    code: 'DRV0936',
    severity: 'error',
    title: 'Label that Prometheus does not take',
    why: 'Label names are letters, digits and underscores, and `alertname` is set by Prometheus itself.',
    fix: 'choose another name',
  },
  template: {
    code: 'DRV0937',
    severity: 'error',
    title: 'Template that never closes',
    why: 'Labels and annotations are Go templates, and Prometheus refuses the rule file when one does not parse.',
    fix: 'close what is open, as in {{ $labels.instance }}',
  },
  tooEarly: {
    code: 'DRV0938',
    severity: 'error',
    title: 'Test that asks too early',
    why: 'An alert fires only when its query has been true for as long as `for` says.',
    fix: 'ask at a later time, or expect none',
  },
  promtool: {
    code: 'DRV0944',
    severity: 'error',
    title: 'Alert that promtool refuses, or whose test fails',
    why: '`promtool test rules` was given the rule and its tests as they stand in the definition.',
    fix: 'correct the query, or what the test expects',
  },
  unknownFunction: {
    code: 'DRV0990',
    severity: 'error',
    title: 'Function that PromQL does not have',
    why: 'Prometheus refuses the whole rule file when a query calls a function or aggregation that it does not know.',
    fix: 'correct the name, as the documentation of Prometheus has it',
  },
  types: {
    code: 'DRV0991',
    severity: 'error',
    title: 'Query whose parts don’t fit together',
    why: 'Functions and operators take so many arguments, each an instant vector, a range vector, a scalar or a text; Prometheus refuses others.',
    fix: 'write what the function or operator takes',
  },
  selector: {
    code: 'DRV0992',
    severity: 'error',
    title: 'Selector that Prometheus refuses',
    why: 'A selector names its metric once, asks for something that not every series has, and its patterns are regular expressions of Go.',
    fix: 'correct the matchers',
  },
  noVector: {
    code: 'DRV0993',
    severity: 'error',
    title: 'Alert whose query gives no vector',
    why: 'Prometheus loads the rule, and each evaluation fails: an alert is made of an instant vector or a scalar.',
    fix: 'take a function of the range, as rate(…[5m]) > 0',
  },
} as const satisfies Record<string, CodeEntry>;

/** The code of each problem of a query, wherever it stands. */
export const queryCodes: Readonly<Record<PromqlProblem['about'], CodeEntry>> = {
  syntax: alertCodes.expression,
  function: alertCodes.unknownFunction,
  types: alertCodes.types,
  selector: alertCodes.selector,
};
