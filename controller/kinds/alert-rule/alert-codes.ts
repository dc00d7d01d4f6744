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
} as const satisfies Record<string, CodeEntry>;
