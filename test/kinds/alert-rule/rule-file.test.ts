import test from 'ava';
import { alertRule } from '../../../controller/kinds/alert-rule/index.ts';
import { promtoolTest } from '../../../controller/kinds/alert-rule/promtool-test.ts';
import { prometheusTime, ruleFile } from '../../../controller/kinds/alert-rule/rule-file.ts';
import type { AlertRuleSpec } from '../../../controller/kinds/alert-rule/schema.ts';
import { findingsOf } from '../../fakes/findings.ts';
import { fakeFleet, fakeResource } from '../../fakes/fleet.ts';

const spec: AlertRuleSpec = {
  expr: 'up == 0\n',
  for: '90m',
  labels: { severity: 'page' },
  annotations: { summary: '{{ $labels.instance }} is down', runbook: 'https://wiki.example/a: b' },
  tests: {
    down: {
      input: { 'up{instance="a"}': '0x120' },
      at: '100m',
      expect: [{ labels: { instance: 'a' }, annotations: { summary: 'a is down' } }],
    },
    up: { interval: '30s', input: { up: '1x10' }, at: '5m', expect: 'none' },
  },
};
const rule = (change: Partial<AlertRuleSpec> = {}) =>
  fakeResource<AlertRuleSpec>({ kind: 'AlertRule', name: 'instance-down', spec: { ...spec, ...change } });

test('a rule file is one group with one rule', (t) => {
  t.is(
    ruleFile(rule()),
    `groups:
  - name: instance-down
    rules:
      - alert: instance-down
        expr: up == 0
        for: 1h30m
        labels:
          severity: page
        annotations:
          runbook: "https://wiki.example/a: b"
          summary: "{{ $labels.instance }} is down"
`,
  );
});

test('no two rules have one group, whatever group they name', (t) => {
  t.true(ruleFile(rule({ group: 'shop' })).startsWith('groups:\n  - name: shop/instance-down\n'));
});

test('the test file of promtool expects the rule’s own labels too', (t) => {
  t.is(
    promtoolTest(rule(), 'instance-down.yml'),
    `rule_files:
  - instance-down.yml
evaluation_interval: 1m
tests:
  - name: down
    interval: 1m
    input_series:
      - series: up{instance="a"}
        values: "0x120"
    alert_rule_test:
      - eval_time: 1h40m
        alertname: instance-down
        exp_alerts:
          - exp_labels:
              instance: a
              severity: page
            exp_annotations:
              runbook: "https://wiki.example/a: b"
              summary: a is down
  - name: up
    interval: 30s
    input_series:
      - series: up
        values: 1x10
    alert_rule_test:
      - eval_time: 5m
        alertname: instance-down
        exp_alerts: []
`,
  );
  t.regex(promtoolTest(rule({ tests: {} }), 'a.yml'), /name: the rule itself/);
});

test('times are whole units from the greatest down, as Prometheus takes them', (t) => {
  t.is(prometheusTime('1.5h'), '1h30m');
  t.is(prometheusTime('0'), '0s');
  t.is(prometheusTime('2w'), '14d');
  t.is(prometheusTime('1500ms'), '1s500ms');
});

test('the rule becomes one Consul key', (t) => {
  const [unit] = alertRule.render?.(rule(), fakeFleet({ resources: [] }))?.units ?? [];
  t.is(unit?.kind, 'consul-key');
  t.is(unit?.key, 'prometheus/rules/instance-down.yml');
  t.is(unit?.path, 'consul/kv/prometheus/rules/instance-down%2Eyml.value');
});

test('what Prometheus would refuse is found', (t) => {
  const found = (change: Partial<AlertRuleSpec>) =>
    findingsOf({ kind: 'AlertRule', name: 'a', spec: { ...spec, ...change } }).join();
  t.is(found({}), '');
  t.regex(found({ expr: ' ' }), /^DRV0935 spec.expr: the query is empty/);
  t.regex(found({ labels: { alertname: 'x' } }), /^DRV0936 spec.labels.alertname/);
  t.is(found({ annotations: { alertname: 'x' } }), '');
  t.regex(found({ annotations: { a: 'x {{ y } z' } }), /^DRV0937/);
  t.regex(found({ for: '3h' }), /^DRV0938 spec.tests.down.at/);
});
