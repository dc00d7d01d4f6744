import type { Static } from 'typebox';
import { Type } from 'typebox';
import { fields } from '../fields.ts';

const { optional, text, object, map, list, duration, either } = fields;

const labels = (description: string) => optional(map(text('A value.'), description));

const expected = object(
  {
    labels: labels('Labels of the alert, those of the series among them; the rule’s own are added.'),
    annotations: labels('Annotations as they read once they are filled in; the rule’s own are added.'),
  },
  'An alert that fires.',
);

const unitTest = object(
  {
    interval: optional(duration('Time between two values of the input.', '1m')),
    input: map(
      text('Values in promtool’s notation, as `0+10x5`.'),
      'Series with their values, one every interval.',
    ),
    at: duration('When the alerts are looked at, counted from the first value.'),
    expect: either(
      [Type.Literal('none'), list(expected, 'The alerts that fire.')],
      'What fires then: a list, or `none`.',
    ),
  },
  'A unit test that promtool runs.',
);

export const alertRuleSchema = object(
  {
    alert: optional(text('The alert’s name; the definition’s name when absent.')),
    expr: text('The query in PromQL; the alert is active for every series that it gives.'),
    for: optional(duration('How long it must be active before it fires.', '0s')),
    keepFiringFor: optional(duration('How long it goes on firing when it is no longer active.', '0s')),
    interval: optional(duration('How often it is looked at; Prometheus’s own interval when absent.')),
    group: optional(
      text(
        'What the rule’s group is called before a slash and the definition’s name, as `shop/shop-backup`.',
      ),
    ),
    labels: labels('Labels that the alert gets, as `severity: page`; values are templates.'),
    annotations: labels('What is said to people; values are templates.'),
    tests: optional(map(unitTest, 'Unit tests by name.')),
  },
  'An alert of Prometheus, as a rule file in Consul that Prometheus reads.',
);

export type AlertRuleSpec = Static<typeof alertRuleSchema>;
export type AlertTestSpec = Static<typeof unitTest>;
