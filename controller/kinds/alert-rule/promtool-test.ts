import type { Resource } from '../../model/resource.ts';
import { alertName, prometheusTime, ruleYaml, sorted } from './rule-file.ts';
import type { AlertRuleSpec, AlertTestSpec } from './schema.ts';

type Labels = Readonly<Record<string, string>>;

/** promtool reads the rules only for a test: one that asks nothing stands in where there is none. */
const noTest = { name: 'the rule itself', input_series: [], alert_rule_test: [] };

/**
 * The input of `promtool test rules` for a rule and its own tests. `ruleFileName` is the rule file beside it. Labels and
 * annotations of the rule that are no templates are expected without being said again.
 */
export function promtoolTest(resource: Resource<AlertRuleSpec>, ruleFileName: string): string {
  const tests = Object.entries(resource.spec.tests ?? {});
  return ruleYaml({
    rule_files: [ruleFileName],
    evaluation_interval: prometheusTime(resource.spec.interval ?? '1m'),
    tests: tests.length === 0 ? [noTest] : tests.map(([name, test]) => oneTest(resource, name, test)),
  });
}

function oneTest(resource: Resource<AlertRuleSpec>, name: string, test: AlertTestSpec): object {
  const { labels, annotations } = resource.spec;
  const alerts = test.expect === 'none' ? [] : test.expect;
  return {
    name,
    interval: prometheusTime(test.interval ?? '1m'),
    input_series: Object.entries(test.input).map(([series, values]) => ({ series, values })),
    alert_rule_test: [
      {
        eval_time: prometheusTime(test.at),
        alertname: alertName(resource),
        exp_alerts: alerts.map((alert) => ({
          exp_labels: sorted({ ...plain(labels), ...alert.labels }),
          exp_annotations: sorted({ ...plain(annotations), ...alert.annotations }),
        })),
      },
    ],
  };
}

/** What reads the same for every series. */
function plain(values: Labels = {}): Labels {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => !value.includes('{{')));
}
