import { defineKind } from '../define-kind.ts';
import { checkAlertRule } from './check.ts';
import { renderAlertRule, ruleKey } from './render.ts';
import { type AlertRuleSpec, alertRuleSchema } from './schema.ts';

export const alertRule = defineKind<AlertRuleSpec>({
  name: 'AlertRule',
  namespaced: false,
  schema: alertRuleSchema,
  targets: (resource) => [{ key: `consul-key:${ruleKey(resource)}`, at: ['metadata', 'name'] }],
  check: checkAlertRule,
  render: (resource) => ({ units: renderAlertRule(resource), diagnostics: [] }),
});
