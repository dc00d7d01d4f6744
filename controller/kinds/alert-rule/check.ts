import { judgePromql } from '../../kinds/promql/judge-promql.ts';
import { typeWords } from '../../kinds/promql/written.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { findingOf } from '../../model/diagnostic-code.ts';
import type { Resource } from '../../model/resource.ts';
import { finding } from '../finding.ts';
import type { Fleet } from '../kind.ts';
import { kindCodes } from '../kind-codes.ts';
import { mentionsSecret } from '../mentions-secret.ts';
import { placeInValue } from '../place-in-value.ts';
import { durationMs, quantityOr } from '../quantity.ts';
import { alertCodes, queryCodes } from './alert-codes.ts';
import type { AlertRuleSpec } from './schema.ts';

type Rule = Resource<AlertRuleSpec>;

export function checkAlertRule(resource: Rule, fleet: Fleet): readonly Diagnostic[] {
  return [
    ...checkExpression(resource, fleet),
    ...(['labels', 'annotations'] as const).flatMap((field) => checkTexts(resource, field)),
    ...checkTests(resource),
    ...checkSecrets(resource),
  ];
}

/** Who has more wrong with one query reads these first. */
const maxProblems = 5;

function checkExpression(resource: Rule, fleet: Fleet): readonly Diagnostic[] {
  const { expr } = resource.spec;
  const field = resource.locate(['spec', 'expr']);
  const { problems, type } = judgePromql(expr);
  if (type === 'range' || type === 'text') {
    const message = `the query gives ${typeWords[type]}, of which no alert can be made`;
    return [findingOf(alertCodes.noVector, { span: field, message })];
  }
  return problems.slice(0, maxProblems).map(({ about, message, hint, range }) => {
    const span = placeInValue(fleet, field, { value: expr, part: range });
    return findingOf(queryCodes[about], { span, message, hint });
  });
}

function checkTexts(resource: Rule, field: 'labels' | 'annotations'): readonly Diagnostic[] {
  return Object.entries(resource.spec[field] ?? {}).flatMap(([name, text]) => {
    const at = ['spec', field, name];
    const isName = /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) && !(field === 'labels' && name === 'alertname');
    if (!isName) {
      const message = `"${name}" can’t be the name of ${field === 'labels' ? 'a label' : 'an annotation'}`;
      return [finding(resource, at, { entry: alertCodes.label, message, part: 'key' })];
    }
    const problem = templateProblem(text);
    return problem === undefined
      ? []
      : [finding(resource, at, { entry: alertCodes.template, message: problem })];
  });
}

function templateProblem(text: string): string | undefined {
  let rest = text;
  for (;;) {
    const open = rest.indexOf('{{');
    if (open < 0) return undefined;
    const close = rest.indexOf('}}', open);
    if (close < 0) return 'the {{ is never closed';
    rest = rest.slice(close + 2);
  }
}

function checkTests(resource: Rule): readonly Diagnostic[] {
  const { spec } = resource;
  const activeMs = quantityOr(durationMs, spec.for, 0);
  return Object.entries(spec.tests ?? {}).flatMap(([name, { at, expect }]) => {
    const fires = expect !== 'none' && expect.length > 0;
    const askedMs = durationMs(at);
    if (!fires || !askedMs.ok || askedMs.value >= activeMs) return [];
    const message = `nothing can fire at ${at}: the alert must be active for ${spec.for} before`;
    return [finding(resource, ['spec', 'tests', name, 'at'], { entry: alertCodes.tooEarly, message })];
  });
}

function checkSecrets(resource: Rule): readonly Diagnostic[] {
  if (!mentionsSecret(resource.spec)) return [];
  return [
    finding(resource, ['spec'], {
      entry: kindCodes.secretExposed,
      message: 'an alert rule is readable in clear: it can’t hold a secret',
    }),
  ];
}
